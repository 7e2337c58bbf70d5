using Grpc.Core;
using Shop.Reviews.Tests.Running;

namespace Shop.Reviews.Tests.Access;

public sealed class AccessTests(RunningReviews reviews)
{
    [Fact]
    public async Task Only_members_write_and_everybody_reads()
    {
        var product = Guid.CreateVersion7().ToString();

        await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await reviews.Client(reviews.Tokens.Service("gateway", "reviews")).WriteReviewAsync(new()));
        await Answers.FailsAsync(StatusCode.Unauthenticated, async () => await reviews.Client(null).WriteReviewAsync(new()));
        await Answers.FailsAsync(StatusCode.Unauthenticated, async () => await reviews.Client(null).ListReviewsAsync(new() { ProductId = product }));
        Assert.Empty((await reviews.As(Guid.CreateVersion7()).ListReviewsAsync(new() { ProductId = product })).Reviews);
        Assert.Empty((await reviews.Client(reviews.Tokens.Service("gateway", "reviews")).ListReviewsAsync(new() { ProductId = product })).Reviews);
    }
}
