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
        guessed.HasKey(g => g.AddressHash);
        guessed.HasIndex(g => g.LastAt);
    }
}
