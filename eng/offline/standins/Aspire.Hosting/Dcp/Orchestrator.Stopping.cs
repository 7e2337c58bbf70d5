using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

internal sealed partial class Orchestrator
{
    /// <summary>The orchestrator kills after 6 s what does not stop by itself.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(15);

    /// <summary>The stop command.</summary>
    public async Task StopAsync(string id, CancellationToken cancel)
    {
        var instance = Find(id);
        using (await EnterAsync(instance, cancel).ConfigureAwait(false))
            await EndAsync(instance, cancel).ConfigureAwait(false);
    }

    /// <summary>Returns when the program has ended.</summary>
    private async Task EndAsync(RunningInstance instance, CancellationToken cancel)
    {
        var found = await dcp.FindExecutableAsync(instance.Id, cancel).ConfigureAwait(false);
        if (found is null || ExecutableState.IsFinal(found.Status?.State))
            return;

        await notifications.PublishUpdateAsync(instance.Resource, instance.Id, s => s with { State = KnownResourceStates.Stopping }).ConfigureAwait(false);
        await dcp.StopExecutableAsync(instance.Id, cancel).ConfigureAwait(false);
        var begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            found = await dcp.FindExecutableAsync(instance.Id, cancel).ConfigureAwait(false);
            if (found is null || ExecutableState.IsFinal(found.Status?.State))
                break;
            if (TimeProvider.System.GetElapsedTime(begin) > StopTimeout)
                throw new DistributedApplicationException($"'{instance.Id}' did not end within {StopTimeout.TotalSeconds:0} s.");
            await Task.Delay(TimeSpan.FromMilliseconds(25), cancel).ConfigureAwait(false);
        }

        if (found is not null)
            await ReportAsync(instance, found).ConfigureAwait(false);
    }

    /// <summary>Makes room for another run under the same name. The end of the log is kept.</summary>
    private async Task ForgetAsync(RunningInstance instance, CancellationToken cancel)
    {
        instance.OutdatedUid = instance.Uid;
        await dcpLogs.KeepAsync(instance.Id, cancel).ConfigureAwait(false);
        await dcp.DeleteExecutableAsync(instance.Id, cancel).ConfigureAwait(false);
    }

    private RunningInstance Find(string id) =>
        _instances.TryGetValue(id, out var instance) ? instance : throw new InvalidOperationException($"Resource '{id}' not found.");

    private static async Task<IDisposable> EnterAsync(RunningInstance instance, CancellationToken cancel)
    {
        await instance.Gate.WaitAsync(cancel).ConfigureAwait(false);
        return new Exit(instance.Gate);
    }

    private sealed class Exit(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
