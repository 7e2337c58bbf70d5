using System.Text.RegularExpressions;
using MailKit.Net.Smtp;

namespace Shop.Notifications.Mails;

/// <summary>
/// What a refusal by the server is about: this mail, or us. By the enhanced status code (RFC 3463) if the answer begins with one, else by the reply code (RFC 5321).
/// In doubt it is about us: such a mail is tried again until its deadline, and an operator learns of it; one that is given up is lost.
/// </summary>
internal static partial class SmtpRefusal
{
    public static MailVerdict VerdictOf(SmtpErrorCode at, int code, string text)
    {
        if (code is < 500 or > 599)
            return MailVerdict.Postponed;

        var isOfMail = at switch
        {
            SmtpErrorCode.RecipientNotAccepted => EnhancedCode().Match(text) is { Success: true } enhanced ? IsOfMail(enhanced) : IsOfRecipient(code),
            SmtpErrorCode.MessageNotAccepted => EnhancedCode().Match(text) is { Success: true } enhanced ? IsOfMail(enhanced) : IsOfContent(code),
            // The sender, or a command that the server does not allow us.
            _ => false,
        };
        return isOfMail ? MailVerdict.Refused : MailVerdict.Forbidden;
    }

    private static bool IsOfMail(Match enhanced) => (enhanced.Groups["subject"].Value, enhanced.Groups["detail"].Value) switch
    {
        // The address, unless it is the sender's.
        ("1", not ("7" or "8")) => true,
        // The mailbox.
        ("2", _) => true,
        // The size.
        ("3", "4") => true,
        // The way to the recipient's domain, unless the server's own directory or load is the obstacle.
        ("4", not ("3" or "5")) => true,
        // The content.
        ("6", _) => true,
        // The server (3), the protocol (5), policy and authentication (7).
        _ => false,
    };

    // The address cannot be read, there is no such mailbox, it is elsewhere or full, its name is not allowed, its domain accepts no mail.
    private static bool IsOfRecipient(int code) => code is 501 or (>= 550 and <= 553) or 556;

    // Refused after it was read: as a whole, too large, or without a reason.
    private static bool IsOfContent(int code) => code is 550 or 552 or 554;

    [GeneratedRegex(@"^5\.(?<subject>\d{1,3})\.(?<detail>\d{1,3})(?!\S)", RegexOptions.CultureInvariant)]
    private static partial Regex EnhancedCode();
}
