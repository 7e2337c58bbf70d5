using Grpc.Core;
using Shop.Reviews.V1;

namespace Shop.Gateway.Reviews;

/// <summary>The first reviews, for a product's own page. Without Reviews the page is shown without them.</summary>
internal sealed partial class FirstReviews(ReviewsService.ReviewsServiceClient reviews, TimeProvider clock, ILogger<FirstReviews> logger)
{
    private const int Count = 5;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <returns>Null when Reviews is unavailable.</returns>
    public async Task<IReadOnlyList<ReviewView>?> OfAsync(string productId, CancellationToken cancel)
    {
        var request = new ListReviewsRequest { ProductId = productId, PageSize = Count };
        var answer = await OptionalPart.CallAsync(options => reviews.ListReviewsAsync(request, options), Timeout, clock, status => LogMissing(status, productId), cancel);
        return answer?.Reviews.Select(ReviewView.Of).ToList();
    }

    [LoggerMessage(LogLevel.Warning, "Reviews answers {Status}: product {ProductId} is shown without reviews")]
    private partial void LogMissing(StatusCode status, string productId);
}
