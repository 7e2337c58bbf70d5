using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Members.Accounts;

internal sealed class AccountTable : IEntityTypeConfiguration<Account>
{
    public const string EmailIndex = "ix_accounts_normalised_email";

    public void Configure(EntityTypeBuilder<Account> account)
    {
        account.HasIndex(a => a.NormalisedEmail).IsUnique().HasDatabaseName(EmailIndex);
        // A small partial index: the operators, queried at every start.
        account.HasIndex(a => a.Role).HasFilter($"role <> '{Roles.Member}'");

        account.Property(a => a.Id).ValueGeneratedNever();
        account.Property(a => a.Email).HasMaxLength(254);
        account.Property(a => a.NormalisedEmail).HasMaxLength(254);
        account.Property(a => a.PasswordHash).HasMaxLength(200);
        account.Property(a => a.Name).HasMaxLength(100);
        account.Property(a => a.Language).HasMaxLength(2);
        account.Property(a => a.Role).HasMaxLength(20);
    }
}
