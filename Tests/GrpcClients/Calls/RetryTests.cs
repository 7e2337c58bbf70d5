using Grpc.Core;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.GrpcClients.Tests.Calls;

public sealed class RetryTests
{
    [Fact]
    public async Task An_idempotent_method_is_retried_while_the_upstream_is_unavailable()
    {
        await using var service = await FailingTwiceAsync();
        await using var caller = await CallerAsync(service);

        Assert.Equal("third", await caller.AskIdempotentAsync());
        Assert.Equal(3, service.Probe.Calls.Count);
    }

    [Theory]
    [InlineData("25006")]
    [InlineData("57014")]
    [InlineData("57P01")]
    public async Task An_idempotent_method_is_tried_again_while_the_upstreams_database_cannot(string sqlState)
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        service.Probe.Answer = (_, _) => service.Probe.Calls.Count < 3 ? throw new Npgsql.PostgresException("no", "ERROR", "ERROR", sqlState) : Task.FromResult("third");
        await using var caller = await CallerAsync(service);

        Assert.Equal("third", await caller.AskIdempotentAsync());
    }

    [Fact]
    public async Task A_method_that_is_not_declared_so_is_tried_once()
    {
        await using var service = await FailingTwiceAsync();
        await using var caller = await CallerAsync(service);

        await Assert.ThrowsAsync<RpcException>(() => caller.AskAsync());

        Assert.Single(service.Probe.Calls);
    }

    [Fact]
    public async Task A_refusal_is_not_tried_again()
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        service.Probe.Answer = (_, _) => throw new RefusedException("out_of_stock", "no");
        await using var caller = await CallerAsync(service);

        await Assert.ThrowsAsync<RpcException>(() => caller.AskIdempotentAsync());

        Assert.Single(service.Probe.Calls);
    }

    [Fact]
    public async Task Retries_end_when_an_upstream_keeps_failing()
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        service.Probe.Answer = (_, _) => throw new UnavailableException("away");
        await using var caller = await CallerAsync(service);

        for (var i = 0; i < 20; i++)
            await Assert.ThrowsAsync<RpcException>(() => caller.AskIdempotentAsync());

        // 20 calls of four attempts would be 80.
        Assert.InRange(service.Probe.Calls.Count, 20, 40);
    }

    [Fact]
    public async Task A_storm_of_calls_at_a_dead_upstream_stays_a_storm_of_calls_and_ends_with_its_cause()
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        var isAway = true;
        service.Probe.Answer = (_, _) => isAway ? throw new UnavailableException("away") : Task.FromResult("back");
        await using var caller = await CallerAsync(service);

        // 600 calls, half of them with up to four attempts and half with up to three: without the throttle that would be 2,100.
        for (var wave = 0; wave < 10; wave++)
        {
            await Task.WhenAll(Enumerable.Range(0, 60).Select(i =>
                Assert.ThrowsAsync<RpcException>(() => i % 2 == 0 ? caller.AskIdempotentAsync() : caller.ReadAsync())));
        }

        // Only the first calls could retry before the throttle's tokens were used up.
        Assert.InRange(service.Probe.Calls.Count, 600, 800);
        isAway = false;
        Assert.Equal("back", await caller.AskIdempotentAsync());
    }

    [Fact]
    public async Task A_read_that_takes_long_is_hedged()
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        service.Probe.Answer = async (_, context) =>
        {
            if (service.Probe.Calls.Count == 1)
                await Unanswered.UntilAsync(context.CancellationToken);
            return "second";
        };
        await using var caller = await CallerAsync(service);

        Assert.Equal("second", await caller.ReadAsync());
    }

    [Fact]
    public async Task A_read_of_a_replica_that_is_unavailable_is_retried_at_once()
    {
        await using var service = await FailingTwiceAsync();
        await using var caller = await CallerAsync(service, upstream => upstream.HedgeAfter = TimeSpan.FromSeconds(15));

        Assert.Equal("third", await caller.ReadAsync());
    }

    private static async Task<RunningService> FailingTwiceAsync()
    {
        var service = await RunningService.StartAsync(checksTokens: false);
        service.Probe.Answer = (_, _) => service.Probe.Calls.Count < 3 ? throw new UnavailableException("away") : Task.FromResult("third");
        return service;
    }

    private static Task<CallingService> CallerAsync(RunningService service, Action<GrpcClientOptions>? configure = null) => CallingService.StartAsync(service.GrpcAddress, upstream =>
    {
        upstream.HedgeAfter = TimeSpan.FromMilliseconds(100);
        upstream.Idempotent("AskIdempotent").Reads("Read");
        // Large enough not to matter here.
        upstream.MinimumThroughput = 10_000;
        configure?.Invoke(upstream);
    });
}
