using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.PaymentProvider.Movements;

internal sealed class MovementTable : IEntityTypeConfiguration<Movement>
{
    /// <summary>
    /// The database function that assigns sequences. Until its transaction ends, each writer shares the lock that a reader of movements takes exclusively: when the
    /// reader has it, every sequence that was assigned is committed or will never be. Writers do not wait for each other. The lock is taken with the last statements of a
    /// transaction, so nobody who holds it waits for another lock.
    /// </summary>
    public const string NextSequence = "next_movement()";

    /// <summary>"movement": the key of the advisory lock, as in the migration.</summary>
    public const long LockKey = 0x6d6f76656d656e74;

    public void Configure(EntityTypeBuilder<Movement> movement)
    {
        movement.ToTable("movements");
        movement.HasKey(m => m.Sequence).HasName("pk_movements");

        movement.Property(m => m.Sequence).HasColumnName("sequence").HasDefaultValueSql(NextSequence);
        movement.Property(m => m.ChargeId).HasColumnName("charge_id").HasMaxLength(40);
        movement.Property(m => m.IdempotencyKey).HasColumnName("idempotency_key").HasMaxLength(255);
        movement.Property(m => m.Kind).HasColumnName("kind").HasMaxLength(20);
        movement.Property(m => m.Amount).HasColumnName("amount");
        movement.Property(m => m.Currency).HasColumnName("currency").HasMaxLength(3);
        movement.Property(m => m.Refunded).HasColumnName("refunded");
        movement.Property(m => m.At).HasColumnName("at");
    }
}
