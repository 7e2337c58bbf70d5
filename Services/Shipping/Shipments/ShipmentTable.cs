using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Shipping.Shipments;

internal sealed class ShipmentTable : IEntityTypeConfiguration<Shipment>
{
    public void Configure(EntityTypeBuilder<Shipment> shipment)
    {
        shipment.ToTable(table =>
        {
            table.HasCheckConstraint("ck_shipments_status_is_known", "status in ('created', 'dispatched', 'delivered', 'failed', 'called_off')");
            table.HasCheckConstraint("ck_shipments_has_left_if_dispatched", "(status in ('dispatched', 'delivered', 'failed')) = (dispatched_at is not null)");
            table.HasCheckConstraint("ck_shipments_has_ended_or_goes_on", "(status in ('created', 'dispatched')) = (ended_at is null)");
            table.HasCheckConstraint("ck_shipments_is_whole_or_a_tombstone", "(member_id is null) = (tracking_number is null) and (member_id is not null or status = 'called_off')");
        });
        shipment.Property(s => s.Id).ValueGeneratedNever();
        shipment.Ignore(s => s.DeliveredAt);

        // One per order, whatever is delivered twice.
        shipment.HasIndex(s => s.OrderId).IsUnique();

        // The courier's query for due shipments only.
        shipment.HasIndex(s => s.CreatedAt).HasFilter("status = 'created'");
        shipment.HasIndex(s => s.DispatchedAt).HasFilter("status = 'dispatched'");

        // Operators' list of one state, by the id, whose UUIDv7 carries the time.
        shipment.HasIndex(s => new { s.Status, s.Id });
    }
}
