using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Ordering.Orders;

/// <summary>An order is read and written whole, so its lines, address and timeline lie in its row.</summary>
internal sealed class OrderTable : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> order)
    {
        // Made before key names were given by convention.
        order.Property(o => o.Id).ValueGeneratedNever();
        order.Ignore(o => o.Subtotal);
        order.OwnsOne(o => o.ShippingAddress, address => address.ToJson("shipping_address"));
        order.OwnsMany(o => o.Lines, line => { line.ToJson("lines"); line.Ignore(l => l.Total); });
        order.OwnsMany(o => o.Timeline, moment => moment.ToJson("timeline"));

        // Two replicas never decide about one order at once: the saga's lease sees to that, and this makes it sure.
        order.Property<uint>("xmin").IsRowVersion();

        // A member's orders, newest first, paged by the id, whose UUIDv7 carries the time.
        order.HasIndex(o => new { o.MemberId, o.Id }).IsDescending(false, true);
    }
}
