namespace Shop.Notifications.Notices;

/// <summary>A notification of a member. Its text does not change any more, whatever becomes of the texts of its kind or of the member's language.</summary>
internal sealed class Notification
{
    private Notification() { }

    /// <summary>UUIDv7.</summary>
    public Guid Id { get; private init; }

    public Guid MemberId { get; private init; }

    public string Kind { get; private init; } = "";

    /// <summary>The member, coupon, order or refund that it is about.</summary>
    public Guid SubjectId { get; private init; }

    public Guid? OrderId { get; private init; }

    public string Title { get; private init; } = "";

    public string Body { get; private init; } = "";

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset? ReadAt { get; private init; }
}
