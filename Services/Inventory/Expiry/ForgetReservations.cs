using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Inventory.Reservations;

namespace Shop.Inventory.Expiry;

/// <summary>Deletes what nobody will ask for any more, so that the table does not grow for ever.</summary>
public sealed class ForgetReservations(InventoryDb db, IOptions<ReservationOptions> options)
{
    private const int Batch = 1_000;

    /// <summary>One batch. Full: there may be more.</summary>
    public async Task<(int Forgotten, bool IsFull)> RunAsync(CancellationToken cancel)
    {
        var (retention, saleRetention) = (options.Value.Retention, options.Value.SaleRetention);
        var shorter = retention < saleRetention ? retention : saleRetention;
        var forgotten = await db.Database.ExecuteSqlAsync($"""
            delete from reservation where order_id in (
                select order_id from reservation
                where finished_at < now() - {shorter}
                  and finished_at < now() - case status when {ReservationStatus.Confirmed} then {saleRetention} else {retention} end
                limit {Batch}
                for update skip locked)
            """, cancel);
        return (forgotten, forgotten == Batch);
    }
}
