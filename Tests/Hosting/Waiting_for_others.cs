using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Shop.Hosting.Tests.Running;

namespace Shop.Hosting.Tests;

public sealed class Waiting_for_others
{
    [Fact]
    public async Task Each_starts_when_what_it_waits_for_is_as_it_should_be()
    {
        var healthFile = Path.Combine(Path.GetTempPath(), $"shop-health-{Guid.CreateVersion7():N}");
        await using var sample = await SampleApp.CreateAsync("waiting", "--HealthFile", healthFile);
        var starting = sample.Application.StartAsync(TestContext.Current.CancellationToken);
        try
        {
            // Running is not healthy, and only health lets the patient one start.
            await sample.BecomesAsync("slow", change => change.Snapshot is { State.Text: "Running", HealthStatus: HealthStatus.Unhealthy } s && s.HealthReports.Any(r => r.LastRunAt is not null));
            await sample.BecomesAsync("hasty", KnownResourceStates.Running);
            await sample.BecomesAsync("patient", KnownResourceStates.Waiting);

            // One that ends is waited for until it has ended.
            var once = await sample.BecomesAsync("once", change => KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text));
            Assert.Equal(0, once.Snapshot.ExitCode);
            await sample.BecomesAsync("after-once", KnownResourceStates.Running);

            // What cannot start says so and keeps nobody else from starting.
            await sample.BecomesAsync("broken", KnownResourceStates.FailedToStart);
            await sample.BecomesAsync("needy", KnownResourceStates.FailedToStart);
            await sample.BecomesAsync("not-configured", KnownResourceStates.ValueMissing);

            // Health is looked for again and again.
            await File.WriteAllTextAsync(healthFile, "", TestContext.Current.CancellationToken);
            await sample.BecomesAsync("slow", change => change.Snapshot.HealthStatus == HealthStatus.Healthy);
            await sample.BecomesAsync("patient", KnownResourceStates.Running);
            await starting.WaitAsync(SampleApp.Patience, TestContext.Current.CancellationToken);

            // One with an explicit start waits for its command alone.
            var onDemand = await sample.BecomesAsync("on-demand", KnownResourceStates.NotStarted);
            Assert.True((await sample.CommandAsync(onDemand.ResourceId, KnownResourceCommands.StartCommand)).Success);
            await sample.BecomesAsync("on-demand", KnownResourceStates.Running);
        }
        finally
        {
            File.Delete(healthFile);
        }
    }
}
