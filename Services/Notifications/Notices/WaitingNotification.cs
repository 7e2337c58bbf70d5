namespace Shop.Notifications.Notices;

/// <summary>A notification of a member whose registration has not arrived yet. Without it there is neither a language nor an address.</summary>
internal sealed class WaitingNotification
{
    private WaitingNotification() { }

    /// <summary>UUIDv7.</summary>
    public Guid Id { get; private init; }

    public Guid MemberId { get; private init; }

    public string Kind { get; private init; } = "";

    public Guid SubjectId { get; private init; }

    /// <summary>JSON.</summary>
    public string Facts { get; private init; } = "";
}
