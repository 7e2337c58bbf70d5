using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Inventory.Reservations;

internal sealed class ReservationTable : IEntityTypeConfiguration<Reservation>
{
    public void Configure(EntityTypeBuilder<Reservation> reservation)
    {
        reservation.ToTable(table =>
        {
            table.HasCheckConstraint("ck_reservations_status_is_known", "status in ('reserved', 'confirmed', 'released', 'expired', 'restocked')");
            table.HasCheckConstraint("ck_reservations_lines_are_whole", "cardinality(product_ids) = cardinality(quantities)");
            table.HasCheckConstraint("ck_reservations_is_finished_or_reserved", "(status = 'reserved') = (finished_at is null)");
        });
        reservation.HasKey(r => r.OrderId);
        reservation.Property(r => r.OrderId).ValueGeneratedNever();

        // Partial indexes for expiry and purge.
        reservation.HasIndex(r => r.ExpiresAt).HasFilter("status = 'reserved'");
        reservation.HasIndex(r => r.FinishedAt).HasFilter("finished_at is not null");
    }
}
