namespace Shop.Storefront.Messages;

/// <summary>A notification of the API, in the member's language of the moment it was made.</summary>
/// <param name="ReadAt">Null: not read yet.</param>
public sealed record Message(string Id, string Kind, string Title, string Body, string? OrderId, DateTimeOffset CreatedAt, DateTimeOffset? ReadAt);

/// <param name="Unread">How many are unread in all.</param>
public sealed record MessageList(IReadOnlyList<Message> Items, int Unread, string? NextPageToken);
