using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Testing;
using Shop.AppHost.Crashes;
using Shop.AppHost.Infrastructure;
using Shop.AppHost.Services;
using Shop.Testing;

namespace Shop.AppHost.Tests;

/// <summary>The service on Aspire's notifications and commands, with a simulated orchestrator: nothing is started, and delays are recorded instead of awaited.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private readonly InstantClock _clock = new();
    private readonly Server _first = new("first");
    private readonly Server _server = new("server");
    private readonly Server _other = new("other");
    private readonly Server _setup = new("setup");
    private readonly Server _direct = new("direct");
    private readonly Server _byHand = new("by-hand");
    private readonly RestartSuspension _suspension = new();
    private readonly FakeLogger<RestartCrashed> _log = new();
    private readonly ConcurrentQueue<string> _started = [];
    private readonly ConcurrentQueue<string> _stopped = [];
    private readonly DistributedApplication _app;
    private readonly RestartCrashed _restart;

    public RestartTests()
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });
        foreach (var server in new[] { _first, _server, _other, _direct, _setup, _byHand })
        {
            builder.AddResource(server).WithCommand(KnownResourceCommands.StartCommand, "Start", async _ =>
            {
                await ReportAsync(server, KnownResourceStates.Starting, KnownResourceStates.Running);
                _started.Enqueue(server.Name);      // last: a test that waits for it then reports states of its own
                return CommandResults.Success();
            }).WithCommand(KnownResourceCommands.StopCommand, "Stop", async _ =>
            {
                _stopped.Enqueue(server.Name);
                if (server == _first)
                    return CommandResults.Failure("It does not stop.");
                await ReportAsync(server, KnownResourceStates.Exited);
                return CommandResults.Success();
            });
        }
        foreach (var server in new[] { _first, _server, _other })
            server.Annotations.Add(new EndpointAnnotation(System.Net.Sockets.ProtocolType.Tcp, name: "http"));
        _direct.Annotations.Add(new EndpointAnnotation(System.Net.Sockets.ProtocolType.Tcp, name: "http", isProxied: false));
        _setup.Annotations.Add(new RunsToCompletionAnnotation());
        _byHand.Annotations.Add(new RunsToCompletionAnnotation());
        _byHand.Annotations.Add(new ExplicitStartupAnnotation());
        _server.Annotations.Add(new WaitAnnotation(_other, WaitType.WaitUntilHealthy));
        _app = builder.Build();
        var services = _app.Services;
        _restart = new(_app.ResourceNotifications, _app.ResourceCommands, _suspension, services.GetRequiredService<IHostApplicationLifetime>(), _log, _clock);
    }

    /// <summary>Returns when the service watches: before, it receives only the latest state of a resource.</summary>
    public async ValueTask InitializeAsync()
    {
        await _restart.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(async () =>
        {
            await ReportAsync(_first, KnownResourceStates.Running, KnownResourceStates.Exited);
            return _started.Contains("first");
        }, "it watches");
    }

    public async ValueTask DisposeAsync()
    {
        await _restart.StopAsync(CancellationToken.None);
        _restart.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task What_keeps_dying_is_started_again_each_time_and_waits_longer_each_time()
    {
        await ReportAsync(_server, KnownResourceStates.Starting, KnownResourceStates.Running);
        for (var death = 1; death <= 5; death++)
        {
            await ReportAsync(_server, KnownResourceStates.Finished);
            await Eventually.TrueAsync(() => _started.Count(name => name == "server") == death, $"it is started again after death {death}");
        }

        Assert.Equal([2, 4, 8, 16, 32], _clock.Pauses.TakeLast(5).Select(pause => pause.TotalSeconds));
    }

    [Fact]
    public async Task What_is_restarted_does_not_wait_for_unavailable_resources()
    {
        Assert.NotEmpty(_server.Annotations.OfType<WaitAnnotation>());

        await ReportAsync(_server, KnownResourceStates.Running, KnownResourceStates.Exited);
        await Eventually.TrueAsync(() => _started.Contains("server"), "it is started again");

        Assert.Empty(_server.Annotations.OfType<WaitAnnotation>());
    }

    [Fact]
    public async Task What_was_stopped_on_purpose_stays_stopped()
    {
        await ReportAsync(_server, KnownResourceStates.Running, KnownResourceStates.Stopping, KnownResourceStates.Finished, KnownResourceStates.Exited);
        // Notifications are processed in order: when this one is restarted, the first was ignored.
        await ReportAsync(_other, KnownResourceStates.Running, KnownResourceStates.Exited);
        await Eventually.TrueAsync(() => _started.Contains("other"), "the other one is started again");

        Assert.DoesNotContain("server", _started);
    }

    [Fact]
    public async Task A_program_that_runs_to_completion_is_started_again_until_it_has_ended_well()
    {
        await ReportAsync(_setup, KnownResourceStates.Running);
        await EndsAsync(_setup, exitCode: -1);
        await Eventually.TrueAsync(() => _started.Count(name => name == "setup") == 1, "it is started again");

        await EndsAsync(_setup, exitCode: 0);
        await ReportAsync(_byHand, KnownResourceStates.Running);
        await EndsAsync(_byHand, exitCode: 1);
        await ReportAsync(_other, KnownResourceStates.Running, KnownResourceStates.Exited);
        await Eventually.TrueAsync(() => _started.Contains("other"), "the other one is started again");

        Assert.Equal(1, _started.Count(name => name == "setup"));
        Assert.DoesNotContain("by-hand", _started);
    }

    [Fact]
    public async Task What_runs_without_an_endpoint_is_stopped_and_started()
    {
        await ReachableAsync(_other, isInactive: false);
        await ReportAsync(_other, KnownResourceStates.Running);
        await ReachableAsync(_server, isInactive: true);
        await ReportAsync(_server, KnownResourceStates.Running);
        await Eventually.TrueAsync(() => _started.Count(name => name == "server") >= 2, "it is started again, and again while it has none");

        Assert.Equal([40, 80], _clock.Pauses.Select(pause => pause.TotalSeconds).Where(pause => pause is 10 or 40 or 80).Distinct());
        Assert.DoesNotContain("other", _stopped);
        // The stop is no crash: one start follows it, after the process has ended.
        await ReachableAsync(_server, isInactive: false);
        await Eventually.TrueAsync(() => _started.Count(name => name == "server") == _stopped.Count(name => name == "server"), "there is a start for each stop");
        Assert.DoesNotContain(_log.Collector.GetSnapshot(), entry => entry.Message.StartsWith("server crashed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_called_without_a_proxy_needs_no_endpoint()
    {
        await ReachableAsync(_direct, isInactive: true);
        await ReportAsync(_direct, KnownResourceStates.Running);
        // Notifications are processed in order, and delays are instant.
        await ReachableAsync(_server, isInactive: true);
        await ReportAsync(_server, KnownResourceStates.Running);
        await Eventually.TrueAsync(() => _started.Contains("server"), "the one with a proxy is started again");
        await ReachableAsync(_server, isInactive: false);

        Assert.DoesNotContain("direct", _stopped);
    }

    [Fact]
    public async Task What_cannot_be_stopped_is_started_anyway_and_watched_again()
    {
        var before = _started.Count(name => name == "first");
        await ReachableAsync(_first, isInactive: true);
        await ReportAsync(_first, KnownResourceStates.Running);
        await Eventually.TrueAsync(() => _started.Count(name => name == "first") > before, "it is started again");

        await ReachableAsync(_first, isInactive: false);
        before = _started.Count(name => name == "first");
        await ReportAsync(_first, KnownResourceStates.Running, KnownResourceStates.Exited);
        await Eventually.TrueAsync(() => _started.Count(name => name == "first") > before, "its crash is seen");
    }

    [Fact]
    public async Task While_everything_is_stopped_on_purpose_nothing_is_started_again()
    {
        _suspension.IsOn = true;
        await ReportAsync(_server, KnownResourceStates.Running, KnownResourceStates.Exited);
        await Eventually.TrueAsync(() => _log.Collector.GetSnapshot().Any(entry => entry.Message.StartsWith("server", StringComparison.Ordinal)
            && entry.Message.EndsWith("restarts are suspended during a clean restart", StringComparison.Ordinal)), "its end is seen");
        _suspension.IsOn = false;
        await ReportAsync(_other, KnownResourceStates.Running, KnownResourceStates.Exited);
        await Eventually.TrueAsync(() => _started.Contains("other"), "the other one is started again");

        Assert.DoesNotContain("server", _started);
    }

    private Task ReachableAsync(Server server, bool isInactive) => _app.ResourceNotifications.PublishUpdateAsync(
        server, server.Name, snapshot => snapshot with { Urls = [new UrlSnapshot("http", "http://localhost:1", IsInternal: false) { IsInactive = isInactive }] });

    private Task EndsAsync(Server server, int exitCode) => _app.ResourceNotifications.PublishUpdateAsync(
        server, server.Name, snapshot => snapshot with { State = KnownResourceStates.Finished, ExitCode = exitCode });

    private async Task ReportAsync(Server server, params string[] states)
    {
        foreach (var state in states)
            await _app.ResourceNotifications.PublishUpdateAsync(server, server.Name, snapshot => snapshot with { State = state });
    }

    private sealed class Server(string name) : ExecutableResource(name, "true", "/"), IEmbeddedServer;

    private sealed class InstantClock : TimeProvider
    {
        public ConcurrentQueue<TimeSpan> Pauses { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pauses.Enqueue(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
