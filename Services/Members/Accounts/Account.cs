using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Members.Accounts;

/// <summary>An account that can sign in: a member's, or the operator's.</summary>
public sealed class Account
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

internal sealed class AccountMapping : IEntityTypeConfiguration<Account>
{
    public const string EmailIndex = "ux_accounts_normalised_email";

    public void Configure(EntityTypeBuilder<Account> account)
    {
        account.HasIndex(a => a.NormalisedEmail).IsUnique().HasDatabaseName(EmailIndex);
        // A small partial index: the operators, queried at every start.
        account.HasIndex(a => a.Role).HasFilter($"role <> '{Roles.Member}'").HasDatabaseName("ix_accounts_special_role");

        account.Property(a => a.Id).ValueGeneratedNever();
        account.Property(a => a.Email).HasMaxLength(254);
        account.Property(a => a.NormalisedEmail).HasMaxLength(254);
        account.Property(a => a.PasswordHash).HasMaxLength(200);
        account.Property(a => a.Name).HasMaxLength(100);
        account.Property(a => a.Language).HasMaxLength(2);
        account.Property(a => a.Role).HasMaxLength(20);
    }
}
