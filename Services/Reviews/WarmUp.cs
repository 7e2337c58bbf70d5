using Shop.Persistence;
using Shop.Reviews.Written;
using Shop.ServiceDefaults;

namespace Shop.Reviews;

internal static class WarmUp
{
    public static void AddReviewsWarmUp(this IHostApplicationBuilder builder) => builder.AddRehearsal<ReviewsDb>("a review and a list", async (services, cancel) =>
    {
        var product = Guid.CreateVersion7();
        await services.GetRequiredService<WriteReview>().KeepAsync(product, Guid.CreateVersion7(), 5, "-", cancel);
        await services.GetRequiredService<ListReviews>().HandleAsync(new() { ProductId = product.ToString() }, cancel);
    });
}
