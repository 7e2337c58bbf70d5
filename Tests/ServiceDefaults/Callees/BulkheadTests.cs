using Grpc.Core;

namespace Shop.ServiceDefaults.Tests.Callees;

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
    public async Task Waiting_ends_when_the_caller_gives_up()
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

    private static Task<CallingService> CallerAsync(RunningService service) => CallingService.StartAsync(service.GrpcAddress, callee =>
    {
        callee.MaxConcurrentCalls = 2;
        callee.MaxQueuedCalls = 1;
    });
}
