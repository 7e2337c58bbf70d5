using Microsoft.EntityFrameworkCore;
using Shop.Messaging;
using Shop.Ordering.V1;

namespace Shop.Reviews.Received;

/// <summary>Projects who has received what.</summary>
internal sealed class FollowDeliveries(ReviewsDb db) : IHandle<OrderDelivered>
{
    /// <summary>An advisory lock ("received"): batches hold the rows of several orders, in the order of their events, and must not wait for each other in a circle.</summary>
    private const long Batches = 0x7265636569766564;

    public Task HandleAsync(OrderDelivered @event, EventContext context, CancellationToken cancel)
    {
        var member = Guid.Parse(@event.MemberId);
        var products = @event.Lines.Select(line => Guid.Parse(line.ProductId)).ToArray();
        return db.Database.ExecuteSqlAsync($"""
            select pg_advisory_xact_lock({Batches});
            insert into received_products (member_id, product_id)
            select {member}, product from unnest({products}) product
            on conflict do nothing
            """, cancel);
    }
}
