using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Shop.Reviews.Authors;
using Shop.Reviews.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Paging;
using Shop.ServiceDefaults.Validation;
using Enum = System.Enum;

namespace Shop.Reviews.Written;

/// <summary>The reviews of a product, page by page.</summary>
internal sealed class ListReviews(ReviewsDb db, PageTokens tokens)
{
    private const string List = "reviews";

    private sealed record Position(Guid Product, ReviewSort Sort, int Stars, Guid Last);

    public async Task<ListReviewsResponse> HandleAsync(ListReviewsRequest request, CancellationToken cancel)
    {
        var product = Check.Uuid(request.ProductId) ?? throw new NotFoundException("No such product.");
        var check = new Check();
        check.That(Enum.IsDefined(request.Sort), "sort", "must be newest, stars or -stars");
        var size = Page.Size(check, request.PageSize);
        var after = tokens.ReadOrDefault<Position>(check, List, request.PageToken);
        check.That(after is null || after.Product == product, "pageToken", "was issued for another product");
        check.That(after is null || request.Sort == ReviewSort.Unspecified || request.Sort == after.Sort, "sort", "is not the one that the page token was issued for");
        check.ThrowIfAny();

        var sort = after?.Sort ?? (request.Sort == ReviewSort.Unspecified ? ReviewSort.Newest : request.Sort);
        var found = await InOrder(db.Reviews.AsNoTracking().Where(review => review.ProductId == product), sort, after).Take(size + 1)
            .Select(review => new { Review = review, Author = db.Authors.Where(author => author.MemberId == review.MemberId).Select(author => author.Name).SingleOrDefault() })
            .ToListAsync(cancel);
        return new()
        {
            Reviews = { found.Take(size).Select(row => ToContract(row.Review, row.Author)) },
            NextPageToken = found.Count > size ? tokens.Write(List, new Position(product, sort, found[size - 1].Review.Stars, found[size - 1].Review.Id)) : "",
        };
    }

    private static IQueryable<Review> InOrder(IQueryable<Review> reviews, ReviewSort sort, Position? after)
    {
        var (stars, last) = (after?.Stars ?? 0, after?.Last ?? default);
        return sort switch
        {
            ReviewSort.Stars => (after is null ? reviews : reviews
                    .Where(review => EF.Functions.GreaterThan(ValueTuple.Create(review.Stars, review.Id), ValueTuple.Create(stars, last))))
                .OrderBy(review => review.Stars).ThenBy(review => review.Id),
            ReviewSort.StarsDescending => (after is null ? reviews : reviews
                    .Where(review => EF.Functions.LessThan(ValueTuple.Create(review.Stars, review.Id), ValueTuple.Create(stars, last))))
                .OrderByDescending(review => review.Stars).ThenByDescending(review => review.Id),
            _ => (after is null ? reviews : reviews.Where(review => review.Id < last))
                .OrderByDescending(review => review.Id),
        };
    }

    private static V1.Review ToContract(Review review, string? author) => new()
    {
        ReviewId = review.Id.ToString(),
        Stars = review.Stars,
        Text = review.Text,
        Author = author ?? Author.Unknown,
        CreatedAt = review.CreatedAt.ToTimestamp(),
    };
}
