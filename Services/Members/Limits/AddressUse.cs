
namespace Shop.Members.Limits;

/// <summary>The number of uses by one client address in the window that began with its first use.</summary>
internal sealed class AddressUse
{
    public required string Address { get; init; }

    /// <summary>What is limited: <c>sign_up</c>, <c>failed_sign_in</c>.</summary>
    public required string Kind { get; init; }

    public int Used { get; init; }

    public DateTimeOffset StartedAt { get; init; }
}
