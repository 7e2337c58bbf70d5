namespace Shop.Notifications.Mails;

/// <summary>
/// A mail of the outbox: whole, so that it is the same however often it is sent. All times are the database's, like every decision about them.
/// </summary>
internal sealed class Mail
{
    private Mail() { }

    /// <summary>The notification's.</summary>
    public Guid Id { get; private init; }

    /// <summary>The same for the same kind and subject, so that a mail that comes twice is recognised. Without angle brackets.</summary>
    public string MessageId { get; private init; } = "";

    /// <summary>The address.</summary>
    public string Recipient { get; private init; } = "";

    /// <summary><c>ko</c> or <c>en</c>.</summary>
    public string Language { get; private init; } = "";

    public string Subject { get; private init; } = "";

    public string Text { get; private init; } = "";

    /// <summary>The trace of the event that caused it.</summary>
    public string? TraceParent { get; private init; }

    public string Status { get; private init; } = MailStatus.Waiting;

    /// <summary>Those that have begun.</summary>
    public int Attempts { get; private init; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>When the next attempt may begin; while a replica has it, the end of the lease.</summary>
    public DateTimeOffset DueAt { get; private init; }

    /// <summary>The replica that has it now.</summary>
    public Guid? LeasedBy { get; private init; }

    /// <summary>The server's last answer, or why there was none.</summary>
    public string? Answer { get; private init; }

    public DateTimeOffset? EndedAt { get; private init; }
}

/// <summary><c>waiting</c> → <c>sent</c> or <c>failed</c>.</summary>
internal static class MailStatus
{
    public const string Waiting = "waiting";

    /// <summary>The server has accepted it.</summary>
    public const string Sent = "sent";

    /// <summary>Refused permanently, or not accepted before its deadline.</summary>
    public const string Failed = "failed";
}
