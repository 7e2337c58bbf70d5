using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Gateway.Input;
using Shop.Gateway.OpenApi;
using Shop.Reviews.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Paging;
using Shop.ServiceDefaults.Validation;
using static Shop.Reviews.V1.ReviewsService;

namespace Shop.Gateway.Reviews;

internal sealed record ReviewWritten(string ReviewId);

internal static class ReviewEndpoints
{
    private static readonly Dictionary<string, ReviewSort> Sorts = new()
    {
        ["newest"] = ReviewSort.Newest,
        ["stars"] = ReviewSort.Stars,
        ["-stars"] = ReviewSort.StarsDescending,
    };

    public static void MapReviews(this WebApplication app)
    {
        var reviews = app.MapGroup("/api/v1").WithTags("Reviews");

        reviews.MapGet("/products/{id}/reviews", ListAsync).AllowAnyone().WithMetadata(new SortsOf([.. Sorts.Keys]))
            .WithName("listReviews").WithSummary("The reviews of a product.").Answers(400, 404);
        reviews.MapPost("/products/{id}/reviews", WriteAsync).AllowMembers()
            .WithName("writeReview").WithSummary("Reviews a product that the member has received. 403 with the reason `not_received`: the member has not. 409: the member has reviewed it.")
            .Takes<ReviewBody>(ReviewBody.Example).Answers(401, 403, 404, 409);
    }

    private static async Task<Ok<Page<ReviewView>>> ListAsync(
        string id, string? sort, string? pageSize, string? pageToken, ReviewsServiceClient reviews, CancellationToken cancel)
    {
        var check = new Check();
        var request = new ListReviewsRequest
        {
            ProductId = RouteId.Required(id),
            Sort = check.Choice("sort", sort, Sorts, ReviewSort.Unspecified),
            PageSize = check.PageSize(pageSize),
            PageToken = pageToken ?? "",
        };
        var answer = await check.AnswerAsync(reviews.ListReviewsAsync(request, cancellationToken: cancel));
        return TypedResults.Ok(Pages.Of(answer.Reviews.Select(ReviewView.Of), answer.NextPageToken));
    }

    private static async Task<Created<ReviewWritten>> WriteAsync(string id, HttpRequest http, ReviewsServiceClient reviews, CancellationToken cancel)
    {
        var body = await JsonBody.ReadAsync(http, cancel);
        var request = ReviewBody.Read(body, RouteId.Required(id));
        var answer = await body.Check.AnswerAsync(reviews.WriteReviewAsync(request, cancellationToken: cancel));
        return TypedResults.Created($"/api/v1/products/{request.ProductId}/reviews", new ReviewWritten(answer.ReviewId));
    }
}
