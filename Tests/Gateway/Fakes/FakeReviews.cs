using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Shop.Reviews.V1;

namespace Shop.Gateway.Tests.Fakes;

public sealed class FakeReviews : ReviewsService.ReviewsServiceBase
{
    public const string ReviewId = "0198c0de-0000-7000-8000-0000000000ee";

    public Calls Calls { get; } = new();

    public static Review Review => new()
    {
        ReviewId = ReviewId, Stars = 5, Text = "<b>조용하다</b>", Author = "김**", CreatedAt = Timestamp.FromDateTimeOffset(new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero)),
    };

    public override Task<WriteReviewResponse> WriteReview(WriteReviewRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new WriteReviewResponse { ReviewId = ReviewId });

    public override Task<ListReviewsResponse> ListReviews(ListReviewsRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new ListReviewsResponse { Reviews = { Review }, NextPageToken = "next" });
}
