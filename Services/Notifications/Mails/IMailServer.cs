using MimeKit;

namespace Shop.Notifications.Mails;

/// <summary>Where mails go.</summary>
internal interface IMailServer
{
    /// <summary>A connection for many mails. Any exception: there is none at the moment, whatever the mail.</summary>
    Task<IMailConnection> ConnectAsync(CancellationToken cancel);
}

/// <summary>For one caller at a time.</summary>
internal interface IMailConnection : IAsyncDisposable
{
    /// <summary>An exception is a temporary failure of this mail, after which the connection cannot be used any more.</summary>
    Task<MailAnswer> SendAsync(MimeMessage message, CancellationToken cancel);
}

internal enum MailVerdict
{
    Accepted,

    /// <summary>Later attempts may succeed.</summary>
    Postponed,

    /// <summary>The server refuses us, not this mail: our sender, our authentication, its policy. Later attempts succeed once that is corrected, here or there.</summary>
    Forbidden,

    /// <summary>No attempt will succeed.</summary>
    Refused,
}

/// <param name="Text">The server's own words. They may contain the address: not for the log.</param>
/// <param name="Code">SMTP's reply code; 0: there is none.</param>
internal sealed record MailAnswer(MailVerdict Verdict, string Text, int Code = 0);
