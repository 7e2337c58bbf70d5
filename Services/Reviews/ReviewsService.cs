using Grpc.Core;
using Shop.Reviews.V1;
using Shop.Reviews.Written;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.Reviews;

/// <summary>The gRPC API: one line per call, each to its feature, each saying who may call it.</summary>
internal sealed class ReviewsService(WriteReview writeReview, ListReviews listReviews) : V1.ReviewsService.ReviewsServiceBase
{
    [AllowMembers]
    public override Task<WriteReviewResponse> WriteReview(WriteReviewRequest request, ServerCallContext context) =>
        writeReview.HandleAsync(request, context.Caller(), context.CancellationToken);

    [AllowServices("gateway"), AllowMembers]
    public override Task<ListReviewsResponse> ListReviews(ListReviewsRequest request, ServerCallContext context) =>
        listReviews.HandleAsync(request, context.CancellationToken);
}
