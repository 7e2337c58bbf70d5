using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;

namespace Shop.GrpcClients.Tests.Calls;

/// <summary>A connection that breaks during a call means that the upstream is unavailable, whatever the transport's exception.</summary>
public sealed class BrokenConnectionTests
{
    [Fact]
    public async Task A_frozen_upstream_is_asked_again_elsewhere_where_that_is_harmless()
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        using var replica = new FreezingProxy(service.GrpcAddress);
        await using var caller = await CallerAsync(replica);
        await caller.AskAsync();

        replica.Freeze();

        Assert.Equal("", await caller.AskIdempotentAsync());
    }

    [Fact]
    public async Task A_frozen_upstream_is_unavailable_to_a_call_that_must_not_be_repeated()
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        using var replica = new FreezingProxy(service.GrpcAddress);
        await using var caller = await CallerAsync(replica);
        await caller.AskAsync();

        replica.Freeze();
        var error = await Assert.ThrowsAsync<RpcException>(() => caller.AskAsync());

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.IsType<UnavailableException>(error.ToShopException());
    }

    [Fact]
    public async Task An_upstream_that_freezes_in_the_middle_of_an_answer_or_a_stream_is_unavailable()
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        using var replica = new FreezingProxy(service.GrpcAddress);
        await using var caller = await CallerAsync(replica);
        using var headersSent = new SemaphoreSlim(0);
        service.Probe.Answer = async (_, context) =>
        {
            await context.WriteResponseHeadersAsync([]);
            headersSent.Release();
            await Unanswered.UntilAsync(context.CancellationToken);
            return "";
        };

        using var call = caller.Client.AskAsync(new(), cancellationToken: TestContext.Current.CancellationToken);
        await headersSent.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        replica.Freeze();
        var ofCall = await Assert.ThrowsAsync<RpcException>(async () => await call);
        using var stream = caller.Client.Watch(new(), cancellationToken: TestContext.Current.CancellationToken);
        var next = stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
        await headersSent.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        replica.Freeze();
        var ofStream = await Assert.ThrowsAsync<RpcException>(() => next);

        Assert.Equal((StatusCode.Unavailable, StatusCode.Unavailable), (ofCall.StatusCode, ofStream.StatusCode));
    }

    [Fact]
    public async Task The_public_answer_about_a_frozen_upstream_is_503_and_says_when_to_come_again()
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        using var replica = new FreezingProxy(service.GrpcAddress);
        await using var caller = await CallerAsync(replica);
        await using var gateway = await RunningService.StartAsync(map: app => app.MapGet("/", () => caller.AskAsync()).AllowAnyone());
        await caller.AskAsync();

        replica.Freeze();
        using var answer = await gateway.Http.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
    }

    private static Task<CallingService> CallerAsync(FreezingProxy replica) => CallingService.StartAsync(replica.Address, upstream =>
    {
        upstream.Connections = 1;
        upstream.PingDelay = upstream.PingTimeout = TimeSpan.FromSeconds(1);
        upstream.Idempotent("AskIdempotent");
    });
}
