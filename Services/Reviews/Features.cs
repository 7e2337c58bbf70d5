using Shop.Reviews.Written;

namespace Shop.Reviews;

internal static class Features
{
    public static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddScoped<WriteReview>()
        .AddScoped<ListReviews>();
}
