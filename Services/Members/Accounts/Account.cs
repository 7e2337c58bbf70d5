
namespace Shop.Members.Accounts;

/// <summary>An account that can sign in: a member's, or the operator's.</summary>
internal sealed class Account
{
    public required Guid Id { get; init; }

    /// <summary>As entered at sign-up.</summary>
    public required string Email { get; set; }

    /// <summary><see cref="EmailAddress.Normalise"/> of it: unique.</summary>
    public required string NormalisedEmail { get; set; }

    public string PasswordHash { get; set; } = "";

    public required string Name { get; set; }

    /// <summary><c>ko</c> or <c>en</c>.</summary>
    public required string Language { get; set; }

    /// <summary>One of <see cref="Roles"/>.</summary>
    public required string Role { get; set; }

    public required DateTimeOffset RegisteredAt { get; init; }
}
