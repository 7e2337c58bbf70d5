
namespace Shop.Members.Sessions;

/// <summary>
/// One sign-in and all its refresh tokens: the token family. Only the newest token's hash is stored. A token contains its session's id and a proof of issue: one with
/// a right proof that is not the newest was used before.
/// </summary>
internal sealed class Session
{
    public required Guid Id { get; init; }

    public required Guid MemberId { get; init; }

    public required byte[] TokenHash { get; set; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; set; }
}
