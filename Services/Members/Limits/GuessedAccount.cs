
namespace Shop.Members.Limits;

/// <summary>The consecutive failed sign-ins of one address, with or without an account.</summary>
internal sealed class GuessedAccount
{
    /// <summary>SHA-256 of the normalised address: addresses without an account are not stored.</summary>
    public required byte[] AddressHash { get; init; }

    public int Guesses { get; init; }

    public DateTimeOffset? WaitUntil { get; init; }

    public DateTimeOffset LastAt { get; init; }
}
