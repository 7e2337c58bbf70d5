using Grpc.Core;
using Shop.Reviews.Tests.Running;
using Shop.Reviews.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Reviews.Tests.Written;

public sealed class ListReviewsTests(RunningReviews reviews)
{
    [Fact]
    public async Task Reviews_are_sorted_and_paged_without_a_gap_or_a_repetition()
    {
        var product = await WithReviewsAsync(3, 5, 1, 5, 3, 1, 2);

        Assert.Equal([2, 1, 3, 5, 1, 5, 3], await StarsAsync(product, ReviewSort.Unspecified));
        Assert.Equal([2, 1, 3, 5, 1, 5, 3], await StarsAsync(product, ReviewSort.Newest));
        Assert.Equal([1, 1, 2, 3, 3, 5, 5], await StarsAsync(product, ReviewSort.Stars));
        Assert.Equal([5, 5, 3, 3, 2, 1, 1], await StarsAsync(product, ReviewSort.StarsDescending));
        Assert.Empty((await reviews.ListAsync(Guid.CreateVersion7())).Reviews);
    }

    [Fact]
    public async Task A_token_is_for_its_product_and_sort()
    {
        var (product, other) = (await WithReviewsAsync(1, 2), await WithReviewsAsync(3, 4));
        var token = (await reviews.ListAsync(product, ReviewSort.Stars, size: 1)).NextPageToken;

        await RefusedAsync("pageToken", () => reviews.ListAsync(other, ReviewSort.Stars, token: token));
        await RefusedAsync("sort", () => reviews.ListAsync(product, ReviewSort.Newest, token: token));
        await RefusedAsync("pageSize pageToken", () => reviews.ListAsync(product, size: 101, token: $"{token[..^1]}{(token[^1] == 'A' ? 'B' : 'A')}"));
        await RefusedAsync("sort", () => reviews.ListAsync(product, (ReviewSort)9));
        await Answers.FailsAsync(StatusCode.NotFound, async () => await reviews.As(Guid.CreateVersion7()).ListReviewsAsync(new() { ProductId = "x" }));
    }

    /// <summary>Every second page without the sort, which the token has.</summary>
    private async Task<List<int>> StarsAsync(Guid product, ReviewSort sort)
    {
        var (found, ids) = (new List<int>(), new HashSet<string>());
        for (var token = ""; ;)
        {
            var page = await reviews.ListAsync(product, ids.Count % 4 == 2 ? ReviewSort.Unspecified : sort, size: 2, token);
            Assert.All(page.Reviews, review => Assert.True(ids.Add(review.ReviewId)));
            found.AddRange(page.Reviews.Select(review => review.Stars));
            token = page.NextPageToken;
            if (token.Length == 0)
                return found;
        }
    }

    private async Task<Guid> WithReviewsAsync(params int[] stars)
    {
        var product = reviews.Catalog.Add();
        foreach (var star in stars)
            await reviews.WriteAsync(await reviews.ReceiverAsync(product), product, star);
        return product;
    }

    private static async Task RefusedAsync(string fields, Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal((StatusCode.InvalidArgument, fields), (failure.StatusCode, string.Join(' ', failure.FieldErrors().Keys.Order(StringComparer.Ordinal))));
    }
}
