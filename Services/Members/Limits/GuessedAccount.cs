using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Members.Limits;

/// <summary>The guesses in a row at one address's password, whether it has an account or not.</summary>
public sealed class GuessedAccount
{
    /// <summary>SHA-256 of the normalised address: addresses of strangers are not kept.</summary>
    public required byte[] AddressHash { get; init; }

    public int Guesses { get; init; }

    public DateTimeOffset? WaitUntil { get; init; }

    public DateTimeOffset LastAt { get; init; }
}

internal sealed class GuessedAccountMapping : IEntityTypeConfiguration<GuessedAccount>
{
    public void Configure(EntityTypeBuilder<GuessedAccount> guessed)
    {
        guessed.ToTable("guessed_accounts");
        guessed.HasKey(g => g.AddressHash).HasName("pk_guessed_accounts");
        guessed.HasIndex(g => g.LastAt).HasDatabaseName("ix_guessed_accounts_last_at");

        guessed.Property(g => g.AddressHash).HasColumnName("address_hash");
        guessed.Property(g => g.Guesses).HasColumnName("guesses");
        guessed.Property(g => g.WaitUntil).HasColumnName("wait_until");
        guessed.Property(g => g.LastAt).HasColumnName("last_at");
    }
}
