using System.Data.Common;
using Grpc.Core;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Tests.V1;

namespace Shop.ServiceDefaults.Tests.Errors;

public sealed class GrpcErrorTests
{
    public static TheoryData<ShopException, StatusCode> Family => new()
    {
        { new NotFoundException("No such order."), StatusCode.NotFound },
        { new InvalidException("lines[0].quantity", "must be 1 to 99"), StatusCode.InvalidArgument },
        { new ConflictException("email_taken", "The address has an account."), StatusCode.AlreadyExists },
        { new RefusedException("out_of_stock", "There is not enough."), StatusCode.FailedPrecondition },
        { new ForbiddenException("Not yours.", "not_received"), StatusCode.PermissionDenied },
        { new UnauthenticatedException("Wrong password.", "wrong_credentials"), StatusCode.Unauthenticated },
        { new TooManyException(TimeSpan.FromSeconds(30)), StatusCode.ResourceExhausted },
    };

    [Theory]
    [MemberData(nameof(Family))]
    public async Task An_error_of_the_family_arrives_as_it_was_thrown(ShopException thrown, StatusCode status)
    {
        var error = await FailureOfAsync(thrown);

        Assert.Equal(status, error.StatusCode);
        Assert.Equal(thrown.Message, error.Status.Detail);
        Assert.Equal(thrown.Reason, error.Reason());
        Assert.Equal(thrown.RetryAfter, error.RetryAfter());
        var read = error.ToShopException();
        Assert.IsType(thrown.GetType(), read);
        Assert.Equal((thrown.Reason, thrown.Message, thrown.RetryAfter), (read.Reason, read.Message, read.RetryAfter));
    }

    [Fact]
    public async Task Every_bad_field_arrives_with_every_message()
    {
        var errors = new Dictionary<string, string[]> { ["lines[0].quantity"] = ["must be 1 to 99", "must be whole"], ["paymentToken"] = ["is missing"] };

        var error = await FailureOfAsync(new InvalidException(errors));

        Assert.Equal(errors, error.FieldErrors());
        Assert.Equal(errors, Assert.IsType<InvalidException>(error.ToShopException()).Errors);
    }

    [Fact]
    public async Task An_unexpected_exception_discloses_nothing()
    {
        var error = await FailureOfAsync(new InvalidOperationException("Host=db;Password=secret"));

        Assert.Equal(StatusCode.Internal, error.StatusCode);
        Assert.Equal("internal error", error.Status.Detail);
        Assert.DoesNotContain(error.Trailers, trailer => !trailer.IsBinary && trailer.Value.Contains("secret"));
        Assert.IsType<UnexpectedException>(error.ToShopException());
    }

    [Fact]
    public async Task A_database_that_fails_temporarily_is_unavailable()
    {
        var error = await FailureOfAsync(new InvalidOperationException("while saving", new TransientDbException()));

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.DoesNotContain("saving", error.Status.Detail);
    }

    [Theory]
    [InlineData("25006")]
    [InlineData("53100")]
    [InlineData("57014")]
    [InlineData("57P01")]
    public async Task A_database_that_cannot_now_is_unavailable(string sqlState) =>
        Assert.Equal(StatusCode.Unavailable, (await FailureOfAsync(new Npgsql.PostgresException("no", "ERROR", "ERROR", sqlState))).StatusCode);

    [Fact]
    public async Task An_upstream_whose_connection_broke_is_unavailable_and_not_an_error_of_ours() =>
        Assert.Equal(StatusCode.Unavailable, (await FailureOfAsync(new RpcException(new Status(StatusCode.Internal, "no", new IOException("aborted"))))).StatusCode);

    [Theory]
    [InlineData(StatusCode.Unavailable, StatusCode.Unavailable)]
    [InlineData(StatusCode.DeadlineExceeded, StatusCode.Unavailable)]
    [InlineData(StatusCode.NotFound, StatusCode.Internal)]
    [InlineData(StatusCode.Unauthenticated, StatusCode.Internal)]
    [InlineData(StatusCode.InvalidArgument, StatusCode.Internal)]
    public async Task An_error_of_an_upstream_that_nobody_handled_is_not_passed_off_as_ours(StatusCode ofUpstream, StatusCode seen)
    {
        var error = await FailureOfAsync(new RpcException(new Status(ofUpstream, "10.0.0.7 refused"), new Metadata { { "secret", "x" } }));

        Assert.Equal(seen, error.StatusCode);
        Assert.DoesNotContain("10.0.0.7", error.Status.Detail);
        Assert.Null(error.Trailers.Get("secret"));
    }

    [Fact]
    public async Task A_callers_deadline_that_passes_is_deadline_exceeded()
    {
        await using var service = await RunningService.StartAsync();
        service.Probe.Answer = async (_, context) =>
        {
            await Unanswered.UntilAsync(context.CancellationToken);
            return "";
        };

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await service.Client().AskAsync(
                new(), deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(200), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
    }

    [Fact]
    public async Task An_error_within_a_stream_is_mapped_as_well()
    {
        await using var service = await RunningService.StartAsync();
        service.Probe.Answer = (_, _) => throw new RefusedException("too_late", "Over.");

        using var call = service.Client().Watch(new ProbeRequest(), cancellationToken: TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        Assert.Equal((StatusCode.FailedPrecondition, "too_late"), (error.StatusCode, error.Reason()));
    }

    [Fact]
    public void Details_that_are_no_details_are_ignored()
    {
        var error = new RpcException(new Status(StatusCode.NotFound, "no"), new Metadata { { "grpc-status-details-bin", [1, 2, 3, 255] } });

        Assert.Null(error.Reason());
        Assert.Empty(error.FieldErrors());
        Assert.Equal("not_found", error.ToShopException().Reason);
    }

    [Fact]
    public void Fields_get_the_names_they_have_outside()
    {
        var inside = new InvalidException(new Dictionary<string, string[]> { ["lines[0].quantity"] = ["bad"], ["lines"] = ["few"], ["linesOfText"] = ["long"] });

        Assert.Equal(["items[0].quantity", "items", "linesOfText"], inside.Rename("lines", "items").Errors.Keys);
    }

    private static async Task<RpcException> FailureOfAsync(Exception thrown)
    {
        await using var service = await RunningService.StartAsync();
        service.Probe.Answer = (_, _) => throw thrown;

        return await Assert.ThrowsAsync<RpcException>(async () => await service.Client().AskAsync(new(), cancellationToken: TestContext.Current.CancellationToken));
    }

    private sealed class TransientDbException() : DbException("deadlock detected")
    {
        public override bool IsTransient => true;
    }
}
