using System.ComponentModel.DataAnnotations;
using MailKit.Security;
using MimeKit;

namespace Shop.Notifications.Mails;

/// <summary>Configuration section <c>Mail</c>.</summary>
internal sealed class MailOptions : IValidatableObject
{
    public const string Section = "Mail";

    /// <summary>The SMTP server. Empty: mails become files in <see cref="Folder"/>.</summary>
    public string Host { get; set; } = "";

    [Range(1, 65_535)]
    public int Port { get; set; } = 25;

    [EnumDataType(typeof(SecureSocketOptions))]
    public SecureSocketOptions Security { get; set; } = SecureSocketOptions.StartTlsWhenAvailable;

    /// <summary>Empty: without authentication.</summary>
    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>The address of the sender. Its domain is also that of the message ids.</summary>
    [Required, RegularExpression("[!-?A-~]+@[A-Za-z0-9.-]+", ErrorMessage = "must be an address in ASCII")]
    public string From { get; set; } = "shop@shop.local";

    public string FromName { get; set; } = "Shop";

    /// <summary>For <c>.eml</c> files, when there is no server. A relative one is below the working directory.</summary>
    [Required]
    public string Folder { get; set; } = "mail";

    /// <summary>The longest time for the connection, and again for each mail.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The least time between two queries for due mails.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many mails a replica takes at once.</summary>
    [Range(1, 1_000)]
    public int Batch { get; set; } = 20;

    /// <summary>How long a replica that is alive may keep what it has taken. What a dead one has taken is released earlier.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The pause before the first retry after a temporary failure of a mail, or without a connection; doubled after each further one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause of one mail.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The longest pause while the server is unavailable.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LongestOutageRetry { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A mail that no server has accepted so long after its notification has failed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromDays(2);

    /// <summary>How long mails are kept after they were sent or have failed. They hold names and addresses.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // Otherwise every mail would fail on its own sender.
        if (!MailboxAddress.TryParse(From, out var parsed) || parsed.Address != From)
            yield return new($"{nameof(From)} is no address.", [nameof(From)]);
        if (Lease <= 2 * Timeout)
            yield return new($"{nameof(Lease)} must be longer than two times {nameof(Timeout)}: a mail needs a connection and its own time.", [nameof(Lease)]);
    }
}
