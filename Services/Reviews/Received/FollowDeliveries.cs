using Microsoft.EntityFrameworkCore;
using Shop.Messaging;
using Shop.Ordering.V1;

namespace Shop.Reviews.Received;

/// <summary>Projects who has received what.</summary>
internal sealed class FollowDeliveries(ReviewsDb db) : IHandle<OrderDelivered>
{
    public Task HandleAsync(OrderDelivered @event, EventContext context, CancellationToken cancel)
    {
        var member = Guid.Parse(@event.MemberId);
        var products = @event.Lines.Select(line => Guid.Parse(line.ProductId)).ToArray();
        // In the order of the ids: two orders of a member cannot deadlock.
        return db.Database.ExecuteSqlAsync($"""
            insert into received_products (member_id, product_id)
            select {member}, product from unnest({products}) product order by product
            on conflict do nothing
            """, cancel);
    }
}
