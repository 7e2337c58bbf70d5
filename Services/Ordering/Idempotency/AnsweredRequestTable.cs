using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Ordering.Idempotency;

/// <summary>
/// A partition a day, so that old keys are dropped and not deleted. No unique key reaches over partitions, so a trigger keeps the rule
/// <em>no two rows of one member and key lie less than 24 hours apart</em> (migration <c>KeysByDay</c>):
/// it takes an advisory lock on member and key until the transaction ends, and then looks whether there is such a row.
/// <para>
/// Why that is right: let two transactions have inserted such rows, and call second the one that got the lock second. It got it when the first had ended,
/// and a transaction is visible before it releases its locks. Its look was a statement of its own after that, so (READ COMMITTED) in a snapshot
/// that has the first one's row, whichever partition that is in; it saw it and failed. That holds around midnight, for rows in the default partition,
/// and for clocks that differ, for it speaks of the times written in the rows only.
/// </para>
/// </summary>
internal sealed class AnsweredRequestTable : IEntityTypeConfiguration<AnsweredRequest>
{
    /// <summary>Named when only placed orders had keys.</summary>
    public const string Name = "answered_requests";

    /// <summary>The column that says in which day's partition a row belongs.</summary>
    public const string Day = "placed_at";

    /// <summary>Reported as the violated constraint when the key is taken.</summary>
    public const string Once = "answered_requests_once";

    /// <summary>Reported as the violated constraint when the key is still held by a transaction under way, after waiting for it for two seconds.</summary>
    public const string InUse = "answered_requests_in_use";

    public void Configure(EntityTypeBuilder<AnsweredRequest> request)
    {
        request.HasKey(r => new { r.MemberId, r.Key, r.PlacedAt });
        request.Property(r => r.Call).HasDefaultValue("PlaceOrder");   // of rows from before other calls had keys
    }
}
