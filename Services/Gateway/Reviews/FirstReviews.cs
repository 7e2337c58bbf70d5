using Grpc.Core;
using Shop.Reviews.V1;

namespace Shop.Gateway.Reviews;

/// <summary>The first reviews, for a product's own page. Without Reviews the page is shown without them.</summary>
internal sealed partial class FirstReviews(ReviewsService.ReviewsServiceClient reviews, TimeProvider clock, ILogger<FirstReviews> logger)
{
    private const int Count = 5;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <returns>Null when Reviews cannot be asked.</returns>
    public async Task<IReadOnlyList<ReviewView>?> OfAsync(string productId, CancellationToken cancel)
    {
        try
        {
            var answer = await reviews.ListReviewsAsync(
                new() { ProductId = productId, PageSize = Count }, deadline: (clock.GetUtcNow() + Timeout).UtcDateTime, cancellationToken: cancel);
            return [.. answer.Reviews.Select(ReviewView.Of)];
        }
        catch (RpcException failure) when (!cancel.IsCancellationRequested)
        {
            LogMissing(failure.StatusCode, productId);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Reviews answers {Status}: product {ProductId} is shown without reviews")]
    private partial void LogMissing(StatusCode status, string productId);
}
