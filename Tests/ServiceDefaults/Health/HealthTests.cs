using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Shop.ServiceDefaults.Tests.Health;

public sealed class HealthTests
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private int _runs;
    private Func<CancellationToken, Task<HealthCheckResult>> _check = _ => Task.FromResult(HealthCheckResult.Healthy());

    [Fact]
    public async Task A_service_is_ready_and_alive_and_says_no_more()
    {
        await using var service = await StartAsync();

        Assert.Equal((HttpStatusCode.OK, "Healthy"), await GetAsync(service, "/health"));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await GetAsync(service, "/alive"));
    }

    [Fact]
    public async Task A_probe_may_ask_for_the_head_only()
    {
        await using var service = await StartAsync();
        foreach (var (path, status) in new[] { ("/health", 200), ("/alive", 200), ("/nothing", 404) })
        {
            using var head = await service.Http.SendAsync(new(HttpMethod.Head, path), TestContext.Current.CancellationToken);

            Assert.Equal((status, ""), ((int)head.StatusCode, await head.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        }

        using var post = await service.Http.PostAsync("/health", null, TestContext.Current.CancellationToken);
        Assert.Equal((405, "GET, HEAD"), ((int)post.StatusCode, string.Join(", ", post.Content.Headers.Allow)));
    }

    [Fact]
    public async Task A_failing_check_makes_it_unready_but_not_dead()
    {
        await using var service = await StartAsync();
        _check = _ => throw new InvalidOperationException("Password=secret");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), await GetAsync(service, "/health"));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await GetAsync(service, "/alive"));
    }

    [Fact]
    public async Task Many_who_ask_within_a_second_get_one_run()
    {
        await using var service = await StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => GetAsync(service, "/health")));
        Assert.Equal(1, _runs);

        _clock.Advance(TimeSpan.FromSeconds(1.1));
        await GetAsync(service, "/health");
        Assert.Equal(2, _runs);
    }

    [Fact]
    public async Task A_check_that_hangs_is_a_check_that_fails()
    {
        await using var service = await StartAsync(useFakeClock: false);
        // Ignores its token: the worst case.
        _check = _ => new TaskCompletionSource<HealthCheckResult>().Task;

        var started = TimeProvider.System.GetTimestamp();
        var answer = await GetAsync(service, "/health").WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task It_answers_over_grpc_by_the_standard_protocol()
    {
        await using var service = await StartAsync();
        var health = new HealthProbe(service.Channel());

        Assert.Equal(HealthProbe.Serving, await health.CheckAsync());
        _check = _ => Task.FromResult(HealthCheckResult.Unhealthy());
        _clock.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Equal(HealthProbe.NotServing, await health.CheckAsync());
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => health.CheckAsync("unknown"))).StatusCode);
    }

    [Fact]
    public async Task A_watch_reports_every_change()
    {
        await using var service = await StartAsync(build: builder => builder.Services.Configure<HealthCheckPublisherOptions>(publisher =>
        {
            // The report is published to watchers in real time: at the shortest interval.
            publisher.Delay = TimeSpan.Zero;
            publisher.Period = TimeSpan.FromSeconds(1);
        }));
        using var watch = new HealthProbe(service.Channel()).Watch();
        Assert.True(await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal(HealthProbe.Serving, watch.ResponseStream.Current);

        _check = _ => Task.FromResult(HealthCheckResult.Unhealthy());
        var worse = UntilAsync(watch, HealthProbe.NotServing);
        await Eventually.TrueAsync(() => Tick(worse), "the change is reported");
        await worse;

        _check = _ => Task.FromResult(HealthCheckResult.Healthy());
        var better = UntilAsync(watch, HealthProbe.Serving);
        await Eventually.TrueAsync(() => Tick(better), "the change back is reported");
        await better;
    }

    [Fact]
    public async Task A_watch_ends_with_not_serving_when_the_service_stops()
    {
        await using var service = await StartAsync();
        using var watch = new HealthProbe(service.Channel()).Watch();
        await UntilAsync(watch, HealthProbe.Serving);

        var stop = service.StopAsync();

        await UntilAsync(watch, HealthProbe.NotServing);
        Assert.False(await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        await stop;
    }

    [Fact]
    public async Task Asking_over_both_protocols_within_a_second_is_one_run()
    {
        await using var service = await StartAsync();

        await GetAsync(service, "/health");
        await new HealthProbe(service.Channel()).CheckAsync();

        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task When_stopping_it_is_unready_first_and_still_serves()
    {
        await using var service = await StartAsync(drain: TimeSpan.FromSeconds(3));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(service, "/health")).Status);

        // As by a signal.
        service.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        var stop = service.StopAsync();

        // The last report, healthy, is younger than a second, but no longer used.
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await GetAsync(service, "/health")).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(service, "/alive")).Status);
        Assert.Equal("still here", (await service.Client().AskAsync(new() { Text = "still here" }, cancellationToken: TestContext.Current.CancellationToken)).Text);
        Assert.False(stop.IsCompleted);

        await Eventually.TrueAsync(() => Tick(stop), "the stop has ended");
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(service, "/alive"));
    }

    [Fact]
    public async Task Stopping_by_code_turns_it_unready_as_well()
    {
        await using var service = await StartAsync(drain: TimeSpan.FromSeconds(3));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(service, "/health")).Status);

        var stop = service.StopAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await GetAsync(service, "/health")).Status);
        await Eventually.TrueAsync(() => Tick(stop), "the stop has ended");
    }

    [Fact]
    public async Task A_container_that_is_gone_does_not_break_the_stop()
    {
        var service = await StartAsync();
        var telemetry = service.Services.GetRequiredService<ServiceDefaults.Lifetime.LastTelemetry>();
        await service.DisposeAsync();

        await telemetry.FlushAsync(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_request_under_way_is_finished_before_the_stop()
    {
        await using var service = await StartAsync();
        var gate = new TaskCompletionSource();
        service.Probe.Answer = async (_, _) =>
        {
            await gate.Task;
            return "done";
        };

        var call = service.Client().AskAsync(new(), cancellationToken: TestContext.Current.CancellationToken).ResponseAsync;
        await Eventually.TrueAsync(() => !service.Probe.Calls.IsEmpty, "the call has arrived");
        var stop = service.StopAsync();
        gate.SetResult();

        Assert.Equal("done", (await call).Text);
        await stop;
    }

    [Fact]
    public async Task A_request_that_never_ends_does_not_hold_up_the_consumers_nor_the_stop()
    {
        var consumer = new Consumer();
        await using var service = await StartAsync(useFakeClock: false, build: builder =>
        {
            builder.Services.AddHostedService(_ => consumer);
            builder.Configuration["Lifetime:Timeout"] = "00:00:02";
        });
        service.Probe.Answer = (_, _) => new TaskCompletionSource<string>().Task;
        var call = service.Client().AskAsync(new(), cancellationToken: TestContext.Current.CancellationToken).ResponseAsync;
        await Eventually.TrueAsync(() => !service.Probe.Calls.IsEmpty, "the call has arrived");

        var started = TimeProvider.System.GetTimestamp();
        var stop = service.StopAsync();
        await Eventually.TrueAsync(() => consumer.HasStopped, "the consumer has stopped");
        Assert.False(stop.IsCompleted);
        await stop;

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<RpcException>(() => call);
    }

    [Fact]
    public async Task Nobody_learns_what_server_it_is()
    {
        await using var service = await StartAsync();

        using var response = await service.Http.GetAsync("/alive", TestContext.Current.CancellationToken);

        Assert.Empty(response.Headers.Server);
    }

    private bool Tick(Task waitsForTheClock)
    {
        _clock.Advance(TimeSpan.FromSeconds(1.1));
        return waitsForTheClock.IsCompleted;
    }

    private static async Task UntilAsync(AsyncServerStreamingCall<object> watch, int status)
    {
        do
            Assert.True(await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        while (!status.Equals(watch.ResponseStream.Current));
    }

    private Task<RunningService> StartAsync(TimeSpan? drain = null, bool useFakeClock = true, Action<WebApplicationBuilder>? build = null) => RunningService.StartAsync(builder =>
    {
        if (useFakeClock)
            builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Configuration["Lifetime:Drain"] = (drain ?? TimeSpan.Zero).ToString();
        builder.Services.AddHealthChecks().AddAsyncCheck("database", cancel =>
        {
            Interlocked.Increment(ref _runs);
            return _check(cancel);
        });
        build?.Invoke(builder);
    });

    private static async Task<(HttpStatusCode Status, string Text)> GetAsync(RunningService service, string path)
    {
        using var response = await service.Http.GetAsync(path, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private sealed class Consumer : IHostedService
    {
        public bool HasStopped { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            HasStopped = true;
            return Task.CompletedTask;
        }
    }
}
