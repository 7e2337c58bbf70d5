namespace Shop.Notifications.Members;

/// <summary>Whom to notify: a copy of what Members has published, without the name, which no text needs.</summary>
internal sealed class Member
{
    public Guid Id { get; init; }

    /// <summary>Null: registered before events had it. Such a member gets notifications, and no mails.</summary>
    public string? Email { get; init; }

    /// <summary><c>ko</c> or <c>en</c>.</summary>
    public string Language { get; init; } = "ko";
}
