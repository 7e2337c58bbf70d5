using Grpc.Core;
using Shop.Reviews.Tests.Running;
using Shop.Reviews.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Reviews.Tests.Written;

public sealed class WriteReviewTests(RunningReviews reviews)
{
    [Fact]
    public async Task A_review_is_kept_as_it_was_given_in_NFC()
    {
        var product = reviews.Catalog.Add();
        var member = await reviews.ReceiverAsync(product, reviews.Catalog.Add(), product);
        const string text = "  <script>alert(1)</script> & \n\t**굵게** 한글 {{x}} e\u0301 ';--  ";

        var id = await reviews.WriteAsync(member, product, 4, text);

        var review = Assert.Single((await reviews.ListAsync(product)).Reviews);
        Assert.Equal((id, 4, text.Replace("e\u0301", "\u00e9", StringComparison.Ordinal)), (review.ReviewId, review.Stars, review.Text));
    }

    [Theory]
    [InlineData(0, "a", "stars")]
    [InlineData(6, "a", "stars")]
    [InlineData(5, "", "text")]
    [InlineData(5, " \n ", "text")]
    [InlineData(-1, "\u0007", "stars text")]
    public async Task Every_bad_field_is_named(int stars, string text, string fields)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => reviews.WriteAsync(Guid.CreateVersion7(), reviews.Catalog.Add(), stars, text));

        Assert.Equal((StatusCode.InvalidArgument, fields), (failure.StatusCode, string.Join(' ', failure.FieldErrors().Keys.Order(StringComparer.Ordinal))));
    }

    [Fact]
    public async Task A_text_has_at_most_2000_characters()
    {
        var product = reviews.Catalog.Add();
        var member = await reviews.ReceiverAsync(product);

        await Answers.FailsAsync(StatusCode.InvalidArgument, () => reviews.WriteAsync(member, product, 5, new string('가', 2_001)));
        await reviews.WriteAsync(member, product, 5, new string('가', 2_000));
    }

    [Fact]
    public async Task Only_who_has_received_the_product_may_review_it()
    {
        var (product, other) = (reviews.Catalog.Add(), reviews.Catalog.Add());
        var member = await reviews.ReceiverAsync(other);

        var failure = await Assert.ThrowsAsync<RpcException>(() => reviews.WriteAsync(member, product));
        Assert.Equal((StatusCode.PermissionDenied, "not_received"), (failure.StatusCode, failure.Reason()));
        await Answers.FailsAsync(StatusCode.NotFound, () => reviews.WriteAsync(member, Guid.CreateVersion7()));
        await Answers.FailsAsync(StatusCode.NotFound, async () => await reviews.As(member).WriteReviewAsync(new() { ProductId = "x", Stars = 5, Text = "a" }));
        Assert.Empty((await reviews.ListAsync(product)).Reviews);
    }

    [Fact]
    public async Task Of_many_reviews_of_one_member_at_once_one_is_kept()
    {
        var product = reviews.Catalog.Add();
        var member = await reviews.ReceiverAsync(product);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
        {
            try
            {
                var client = i % 2 == 0 ? reviews.As(member) : reviews.AtOtherAs(member);
                await client.WriteReviewAsync(new() { ProductId = product.ToString(), Stars = 1, Text = $"{i}" });
                return "";
            }
            catch (RpcException failure)
            {
                return failure.Reason();
            }
        }));

        Assert.Equal(9, answers.Count(answer => answer == "already_reviewed"));
        Assert.Equal(1, answers.Count(answer => answer == ""));
        Assert.Single((await reviews.ListAsync(product)).Reviews);
        Assert.Equal((1, 1), Sums((await ChangesAsync(product)).Single()));
    }

    [Fact]
    public async Task The_rating_counts_every_review_and_its_events_are_in_order()
    {
        var product = reviews.Catalog.Add();
        var members = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => reviews.ReceiverAsync(product)));

        await Task.WhenAll(members.Select((member, i) => reviews.WriteAsync(member, product, 1 + (i % 5))));

        var changes = await ChangesAsync(product);
        Assert.Equal(Enumerable.Range(1, 12).Select(version => (long)version), changes.Select(change => change.Version));
        Assert.Equal(Enumerable.Range(1, 12), changes.Select(change => change.Count));
        Assert.Equal((33, 12), Sums(changes[^1]));
    }

    [Fact]
    public async Task A_request_that_is_only_checked_writes_nothing()
    {
        var product = reviews.Catalog.Add();
        var member = await reviews.ReceiverAsync(product);

        await reviews.As(member).WriteReviewAsync(new() { ProductId = product.ToString(), Stars = 5, Text = "a", ValidateOnly = true });

        Assert.Empty((await reviews.ListAsync(product)).Reviews);
    }

    private static (long, int) Sums(RatingChanged change) => (change.Stars, change.Count);

    private async Task<List<RatingChanged>> ChangesAsync(Guid product) =>
        (await reviews.QueryAsync<byte[]>("select payload from messaging.outbox where key = @key order by position", new { key = product.ToString() })).ConvertAll(RatingChanged.Parser.ParseFrom);
}
