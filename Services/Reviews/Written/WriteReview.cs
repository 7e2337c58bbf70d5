using Microsoft.EntityFrameworkCore;
using Shop.Catalog.V1;
using Shop.Messaging;
using Shop.Persistence;
using Shop.Reviews.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Reviews.Written;

/// <summary>A member reviews a product that was delivered. The review, the product's rating and the event are one commit.</summary>
internal sealed class WriteReview(ReviewsDb db, CatalogService.CatalogServiceClient catalog, TimeProvider clock)
{
    private const int MaxText = 2_000;

    public async Task<WriteReviewResponse> HandleAsync(WriteReviewRequest request, Caller caller, CancellationToken cancel)
    {
        var check = new Check();
        var stars = check.Range("stars", request.Stars, 1, 5);
        var text = check.Text("text", request.Text, 1, MaxText);
        check.ThrowIfAny();
        if (request.ValidateOnly)
            return new();

        var (product, member) = (Check.Uuid(request.ProductId) ?? throw Unknown(), caller.Member);
        if (!await db.ReceivedProducts.AnyAsync(received => received.MemberId == member && received.ProductId == product, cancel))
            throw await IsKnownAsync(product, cancel) ? new ForbiddenException("Only who has received the product can review it.", "not_received") : Unknown();

        var id = await db.InTransactionAsync(token => KeepAsync(product, member, stars, text, token), cancel);
        return new() { ReviewId = id.ToString() };
    }

    /// <summary>In a transaction.</summary>
    internal async Task<Guid> KeepAsync(Guid product, Guid member, int stars, string text, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var added = await db.Database.ExecuteSqlAsync($"""
            insert into reviews (id, product_id, member_id, stars, text, created_at) values ({id}, {product}, {member}, {stars}, {text}, {now})
            on conflict (product_id, member_id) do nothing
            """, cancel);
        if (added == 0)
            throw new ConflictException("already_reviewed", "You have reviewed this product.");

        var rating = (await db.Ratings.FromSql($"""
            insert into ratings (product_id, stars, count, version) values ({product}, {stars}, 1, 1)
            on conflict (product_id) do update set stars = ratings.stars + excluded.stars, count = ratings.count + 1, version = ratings.version + 1
            returning *
            """).AsNoTracking().ToListAsync(cancel)).Single();
        db.Publish(rating.Changed(now));
        return id;
    }

    /// <summary>What was received exists: only for the rest Catalog is needed.</summary>
    private async Task<bool> IsKnownAsync(Guid product, CancellationToken cancel) =>
        (await catalog.GetProductsAsync(new() { ProductIds = { product.ToString() } }, cancellationToken: cancel)).Products.Count > 0;

    private static NotFoundException Unknown() => new("No such product.");
}
