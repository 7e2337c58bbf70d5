using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Members.Limits;

internal sealed class GuessedAccountTable : IEntityTypeConfiguration<GuessedAccount>
{
    public void Configure(EntityTypeBuilder<GuessedAccount> guessed)
    {
        guessed.HasKey(g => g.AddressHash);
        guessed.HasIndex(g => g.LastAt);
    }
}
