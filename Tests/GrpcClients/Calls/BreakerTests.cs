using System.Diagnostics.Metrics;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Shop.GrpcClients.Calls;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.GrpcClients.Tests.Calls;

public sealed class BreakerTests
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.Unknown)]
    public async Task It_opens_when_the_upstream_fails(StatusCode status)
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        await using var caller = await CallerAsync(service);
        service.Probe.Answer = Failing(status);

        await FailAsync(caller, times: 4);
        var refused = await Assert.ThrowsAsync<RpcException>(() => caller.AskAsync());

        Assert.Equal((StatusCode.Unavailable, "breaker_open"), (refused.StatusCode, refused.Reason()));
        Assert.Equal(4, service.Probe.Calls.Count);
        Assert.Equal(2, StateOf(caller));
    }

    [Theory]
    [InlineData(StatusCode.NotFound)]
    [InlineData(StatusCode.InvalidArgument)]
    [InlineData(StatusCode.FailedPrecondition)]
    [InlineData(StatusCode.AlreadyExists)]
    [InlineData(StatusCode.PermissionDenied)]
    [InlineData(StatusCode.Unauthenticated)]
    [InlineData(StatusCode.ResourceExhausted)]
    public async Task Answers_of_the_business_never_open_it(StatusCode status)
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        await using var caller = await CallerAsync(service);
        service.Probe.Answer = Failing(status);

        await FailAsync(caller, times: 20);

        Assert.Equal(20, service.Probe.Calls.Count);
        Assert.Equal(0, StateOf(caller));
    }

    [Fact]
    public async Task Streams_are_refused_during_its_pause_and_go_through_after_it_although_no_other_call_has_come()
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        await using var caller = await OpenedAsync(service);
        service.Probe.Answer = (_, _) => Task.FromResult("back");

        _clock.Advance(TimeSpan.FromSeconds(4.9));
        var refused = Assert.Throws<RpcException>(() => caller.Client.Watch(new(), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal("breaker_open", refused.Reason());

        _clock.Advance(TimeSpan.FromSeconds(0.2));
        using var call = caller.Client.Watch(new(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task After_its_pause_one_call_that_succeeds_closes_it()
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        await using var caller = await OpenedAsync(service);

        service.Probe.Answer = (_, _) => Task.FromResult("back");
        _clock.Advance(TimeSpan.FromSeconds(4.9));
        await Assert.ThrowsAsync<RpcException>(() => caller.AskAsync());
        _clock.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal("back", await caller.AskAsync());
        Assert.Equal("back", await caller.AskAsync());
        Assert.Equal(0, StateOf(caller));
    }

    [Fact]
    public async Task After_its_pause_one_call_that_fails_opens_it_again()
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        await using var caller = await CallerAsync(service);
        service.Probe.Answer = Failing(StatusCode.Unavailable);
        await FailAsync(caller, times: 4);

        _clock.Advance(TimeSpan.FromSeconds(5.1));
        await FailAsync(caller, times: 1);
        var calls = service.Probe.Calls.Count;
        var refused = await Assert.ThrowsAsync<RpcException>(() => caller.AskAsync());

        Assert.Equal("breaker_open", refused.Reason());
        Assert.Equal(calls, service.Probe.Calls.Count);
    }

    [Fact]
    public async Task An_upstream_that_does_not_answer_within_its_own_time_opens_it()
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        await using var caller = await CallerAsync(service, upstream => upstream.Timeout = TimeSpan.FromMilliseconds(100));
        service.Probe.Answer = Hanging;

        await FailAsync(caller, times: 4);

        Assert.Equal("breaker_open", (await Assert.ThrowsAsync<RpcException>(() => caller.AskAsync())).Reason());
    }

    [Fact]
    public async Task An_upstream_that_was_given_too_little_time_is_not_to_blame()
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        await using var caller = await CallerAsync(service);
        service.Probe.Answer = Hanging;

        for (var i = 0; i < 10; i++)
        {
            var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(30);
            var error = await Assert.ThrowsAsync<RpcException>(async () =>
                await caller.Client.AskAsync(new(), deadline: deadline, cancellationToken: TestContext.Current.CancellationToken));
            Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        }

        Assert.Equal(0, StateOf(caller));
    }

    [Fact]
    public async Task An_upstream_that_had_fair_time_is_to_blame_however_long_its_own_timeout()
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        await using var caller = await CallerAsync(service, upstream => upstream.FairTime = TimeSpan.FromMilliseconds(50));
        service.Probe.Answer = Hanging;

        for (var i = 0; i < 4; i++)
        {
            var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(200);
            await Assert.ThrowsAsync<RpcException>(async () =>
                await caller.Client.AskAsync(new(), deadline: deadline, cancellationToken: TestContext.Current.CancellationToken));
        }

        Assert.Equal(2, StateOf(caller));
    }

    [Fact]
    public async Task Its_state_can_be_measured()
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        await using var caller = await CallerAsync(service);
        service.Probe.Answer = Failing(StatusCode.Unavailable);
        await FailAsync(caller, times: 4);

        Assert.Equal(2, Measure(caller, "shop.grpc_client.breaker.state"));
    }

    private static Func<V1.ProbeRequest, ServerCallContext, Task<string>> Failing(StatusCode status) => (_, _) => throw status switch
    {
        StatusCode.Unavailable => new UnavailableException("away"),
        StatusCode.NotFound => new NotFoundException(),
        StatusCode.InvalidArgument => new InvalidException("field", "bad"),
        StatusCode.FailedPrecondition => new RefusedException("refused", "no"),
        StatusCode.AlreadyExists => new ConflictException("conflict", "no"),
        StatusCode.PermissionDenied => new ForbiddenException(),
        StatusCode.Unauthenticated => new UnauthenticatedException(),
        StatusCode.ResourceExhausted => new TooManyException(TimeSpan.FromSeconds(1)),
        _ => new InvalidOperationException("bug"),
    };

    private static async Task<string> Hanging(V1.ProbeRequest request, ServerCallContext context)
    {
        await Unanswered.UntilAsync(context.CancellationToken);
        return "";
    }

    private Task<CallingService> CallerAsync(RunningService service, Action<GrpcClientOptions>? configure = null) =>
        CallingService.StartAsync(service.GrpcAddress, upstream =>
        {
            upstream.MinimumThroughput = 4;
            upstream.BreakDuration = TimeSpan.FromSeconds(5);
            configure?.Invoke(upstream);
        }, _clock);

    /// <summary>One whose breaker has just opened.</summary>
    private async Task<CallingService> OpenedAsync(RunningService service)
    {
        var caller = await CallerAsync(service);
        service.Probe.Answer = Failing(StatusCode.Unavailable);
        await FailAsync(caller, times: 5);
        return caller;
    }

    private static async Task FailAsync(CallingService caller, int times)
    {
        for (var i = 0; i < times; i++)
            await Assert.ThrowsAsync<RpcException>(() => caller.AskAsync());
    }

    private static int StateOf(CallingService caller) => caller.Services.GetRequiredService<UpstreamCircuits>().Of(CallingService.Upstream).State switch
    {
        Polly.CircuitBreaker.CircuitState.Closed => 0,
        Polly.CircuitBreaker.CircuitState.HalfOpen => 1,
        _ => 2,
    };

    private static long Measure(CallingService caller, string instrument)
    {
        using var collector = new MetricCollector<long>(caller.Services.GetRequiredService<IMeterFactory>(), UpstreamMetrics.MeterName, instrument);
        collector.RecordObservableInstruments();
        return collector.LastMeasurement!.Value;
    }
}
