using Microsoft.EntityFrameworkCore;
using Shop.Messaging;
using Shop.Reviews.V1;

namespace Shop.Catalog.Ratings;

/// <summary>Projects the ratings of Reviews. Caches follow within the lifetime of their entries.</summary>
internal sealed class FollowRatings(CatalogDb db) : IHandle<RatingChanged>
{
    public Task HandleAsync(RatingChanged @event, EventContext context, CancellationToken cancel) => db.Database.ExecuteSqlAsync($"""
        insert into ratings (product_id, stars, count, version) values ({Guid.Parse(@event.ProductId)}, {@event.Stars}, {@event.Count}, {@event.Version})
        on conflict (product_id) do update set stars = excluded.stars, count = excluded.count, version = excluded.version
        where ratings.version < excluded.version
        """, cancel);
}
