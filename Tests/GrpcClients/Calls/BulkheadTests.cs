using Grpc.Core;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.GrpcClients.Tests.Calls;

public sealed class BulkheadTests
{
    private readonly TaskCompletionSource _gate = new();

    [Fact]
    public async Task What_does_not_fit_waits_and_what_cannot_wait_is_refused_at_once()
    {
        await using var service = await SlowServiceAsync();
        await using var caller = await CallerAsync(service);

        var underWay = new[] { caller.AskAsync("1"), caller.AskAsync("2") };
        await Eventually.TrueAsync(() => service.Probe.Calls.Count == 2, "two calls have arrived");
        var waiting = caller.AskAsync("3");
        var refused = await Assert.ThrowsAsync<RpcException>(() => caller.AskAsync("4"));

        Assert.Equal((StatusCode.Unavailable, "bulkhead_full"), (refused.StatusCode, refused.Reason()));
        Assert.Equal(2, service.Probe.Calls.Count);

        _gate.SetResult();
        Assert.Equal(["1", "2", "3"], await Task.WhenAll([.. underWay, waiting]));
        Assert.Equal("5", await caller.AskAsync("5"));
    }

    [Fact]
    public async Task Waiting_ends_with_the_deadline()
    {
        await using var service = await SlowServiceAsync();
        await using var caller = await CallerAsync(service);
        var underWay = new[] { caller.AskAsync(), caller.AskAsync() };
        await Eventually.TrueAsync(() => service.Probe.Calls.Count == 2, "two calls have arrived");

        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(200);
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await caller.Client.AskAsync(new(), deadline: deadline, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        Assert.Equal(2, service.Probe.Calls.Count);
        _gate.SetResult();
        await Task.WhenAll(underWay);
    }

    [Fact]
    public async Task Waiting_ends_when_the_caller_cancels()
    {
        await using var service = await SlowServiceAsync();
        await using var caller = await CallerAsync(service);
        using var gaveUp = new CancellationTokenSource();
        var underWay = new[] { caller.AskAsync(), caller.AskAsync() };
        await Eventually.TrueAsync(() => service.Probe.Calls.Count == 2, "two calls have arrived");

        var waiting = caller.AskAsync(cancel: gaveUp.Token);
        await gaveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        _gate.SetResult();
        await Task.WhenAll(underWay);
    }

    [Fact]
    public async Task Time_in_the_queue_may_be_apart_from_the_time_of_the_call()
    {
        await using var service = await SlowServiceAsync();
        await using var caller = await CallerAsync(service, upstream =>
        {
            upstream.Timeout = TimeSpan.FromSeconds(2);
            upstream.QueueTimeout = TimeSpan.FromSeconds(30);
        });

        var underWay = new[] { caller.AskAsync("1"), caller.AskAsync("2") };
        await Eventually.TrueAsync(() => service.Probe.Calls.Count == 2, "two calls have arrived");
        var waiting = caller.AskAsync("3");
        foreach (var call in underWay)
            Assert.Equal(StatusCode.DeadlineExceeded, (await Assert.ThrowsAsync<RpcException>(() => call)).StatusCode);

        _gate.SetResult();
        Assert.Equal("3", await waiting);
    }

    [Fact]
    public async Task When_the_breaker_opens_the_queue_is_refused()
    {
        await using var service = await SlowServiceAsync();
        await using var caller = await CallerAsync(service, upstream =>
        {
            upstream.MaxQueuedCalls = 50;
            upstream.Timeout = TimeSpan.FromSeconds(1);
            upstream.QueueTimeout = TimeSpan.FromMinutes(5);
            upstream.MinimumThroughput = 2;
            upstream.BreakDuration = TimeSpan.FromMinutes(5);
        });

        var reasons = await Task.WhenAll(Enumerable.Range(0, 52).Select(async _ => (await Assert.ThrowsAsync<RpcException>(() => caller.AskAsync())).Reason()));

        // The first failure alone does not open the breaker: its permit may have gone to the next call before the second failure.
        var made = service.Probe.Calls.Count;
        Assert.InRange(made, 2, 4);
        Assert.Equal(52 - made, reasons.Count(reason => reason == "breaker_open"));
    }

    private async Task<RunningService> SlowServiceAsync()
    {
        var service = await RunningService.StartAsync(checksTokens: false);
        service.Probe.Answer = async (request, context) =>
        {
            await _gate.Task.WaitAsync(context.CancellationToken);
            return request.Text;
        };
        return service;
    }

    private static Task<CallingService> CallerAsync(RunningService service, Action<GrpcClientOptions>? configure = null) =>
        CallingService.StartAsync(service.GrpcAddress, upstream =>
        {
            upstream.MaxConcurrentCalls = 2;
            upstream.MaxQueuedCalls = 1;
            configure?.Invoke(upstream);
        });
}
