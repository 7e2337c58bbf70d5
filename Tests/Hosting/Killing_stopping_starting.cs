using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Shop.Hosting.Tests.Running;

namespace Shop.Hosting.Tests;

public sealed class Killing_stopping_starting(Killing_stopping_starting.Sample sample) : IClassFixture<Killing_stopping_starting.Sample>
{
    private SampleApp App => sample.App;

    [Fact]
    public async Task A_replica_that_dies_is_seen_dead_while_the_other_goes_on_and_a_command_brings_it_back()
    {
        var instances = await App.InstancesAsync("twins", 2);
        var pids = instances.ToDictionary(i => i.Snapshot.Pid(), i => i.ResourceId);
        var victim = await App.PidAsync("twins");
        var id = pids[victim];

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => App.PostAsync("twins", "/die"));
        var dead = await App.BecomesAsync("twins", change => KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text));
        Assert.NotEqual(0, dead.Snapshot.ExitCode);
        Assert.NotNull(dead.Snapshot.StopTimeStamp);

        // The proxy sends nobody to the dead one.
        var survivor = pids.Keys.Single(pid => pids[pid] != dead.ResourceId);
        for (var i = 0; i < 20; i++)
            Assert.Equal(survivor, await App.PidAsync("twins"));

        Assert.True((await App.CommandAsync(dead.ResourceId, KnownResourceCommands.StartCommand)).Success);
        var back = await App.BecomesAsync("twins", change => change.ResourceId == dead.ResourceId && change.Snapshot.HealthStatus == HealthStatus.Healthy);
        Assert.DoesNotContain(back.Snapshot.Pid(), pids.Keys);
        Assert.Contains(id, pids.Values);
    }

    [Fact]
    public async Task What_is_stopped_ends_well_stays_down_and_can_be_started_again()
    {
        var before = (await App.InstancesAsync("single", 1))[0];
        Assert.Equal(ResourceCommandState.Enabled, before.Snapshot.Commands.Single(c => c.Name == KnownResourceCommands.StopCommand).State);

        Assert.True((await App.CommandAsync(before.ResourceId, KnownResourceCommands.StopCommand)).Success);
        var stopped = await App.BecomesAsync("single", change => KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text));
        Assert.Equal(0, stopped.Snapshot.ExitCode);
        Assert.False(Processes.Lives(before.Snapshot.Pid()));
        Assert.Equal(ResourceCommandState.Enabled, stopped.Snapshot.Commands.Single(c => c.Name == KnownResourceCommands.StartCommand).State);

        Assert.True((await App.CommandAsync(before.ResourceId, KnownResourceCommands.StartCommand)).Success);
        await App.HealthyAsync("single");
        var started = await App.PidAsync("single");
        Assert.NotEqual(before.Snapshot.Pid(), started);

        Assert.True((await App.CommandAsync(before.ResourceId, KnownResourceCommands.RestartCommand)).Success);
        await App.HealthyAsync("single");
        Assert.NotEqual(started, await App.PidAsync("single"));
    }

    [Fact]
    public async Task Own_commands_are_carried_out_and_unknown_ones_fail()
    {
        var id = (await App.InstancesAsync("single", 1))[0].ResourceId;

        Assert.True((await App.CommandAsync(id, "greet")).Success);
        Assert.False((await App.CommandAsync(id, "no-such-command")).Success);
        Assert.False((await App.CommandAsync("no-such-resource", "greet")).Success);
    }

    [Fact]
    public async Task The_log_of_a_resource_tells_what_its_program_says()
    {
        var word = Guid.CreateVersion7().ToString("N");
        var logs = App.Application.Services.GetRequiredService<ResourceLoggerService>();
        var missing = new HashSet<(string Text, bool IsError)> { ($"said {word}", false), ($"complained {word}", true) };
        using var deadline = new CancellationTokenSource(SampleApp.Patience);

        await App.PostAsync("twins", $"/say/{word}");
        await foreach (var batch in logs.WatchAsync(App.Resource("twins")).WithCancellation(deadline.Token))
        {
            foreach (var line in batch)
                missing.RemoveWhere(m => line.Content.EndsWith(m.Text, StringComparison.Ordinal) && line.IsErrorMessage == m.IsError);
            if (missing.Count == 0)
                break;
        }

        Assert.Empty(missing);
    }

    public sealed class Sample : IAsyncLifetime
    {
        internal SampleApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            App = await SampleApp.StartAsync("lifecycle");
            await App.HealthyAsync("twins");
            await App.HealthyAsync("single");
        }

        public ValueTask DisposeAsync() => App?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
