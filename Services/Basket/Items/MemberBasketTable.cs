using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Basket.Items;

/// <summary>A basket is read and written whole, so its entries lie in its row.</summary>
internal sealed class MemberBasketTable : IEntityTypeConfiguration<MemberBasket>
{
    public void Configure(EntityTypeBuilder<MemberBasket> basket)
    {
        basket.HasKey(b => b.MemberId);
        basket.Property(b => b.MemberId).ValueGeneratedNever();
        basket.Ignore(b => b.Items);
        basket.OwnsMany(b => b.Entries, entry => entry.ToJson("entries"));
    }
}
