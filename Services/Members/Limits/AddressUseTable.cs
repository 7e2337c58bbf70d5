using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Members.Limits;

internal sealed class AddressUseTable : IEntityTypeConfiguration<AddressUse>
{
    public void Configure(EntityTypeBuilder<AddressUse> use)
    {
        use.HasKey(u => new { u.Address, u.Kind });
        use.HasIndex(u => u.StartedAt);

        use.Property(u => u.Address).HasMaxLength(64);
        use.Property(u => u.Kind).HasMaxLength(20);
    }
}
