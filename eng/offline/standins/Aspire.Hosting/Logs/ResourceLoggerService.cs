using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The logs of all resources, by instance.</summary>
public class ResourceLoggerService : IDisposable
{
    private readonly ConcurrentDictionary<string, ResourceLog> _logs = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _lock = new();
    private readonly List<Channel<LogSubscriber>> _watchers = [];

    /// <summary>Tells the whole log of an instance, from whoever keeps it. Set by the orchestrator.</summary>
    internal Func<string, CancellationToken, Task<IReadOnlyList<(string Content, bool IsError)>>>? ReadStored { get; set; }

    /// <summary>Writes to the log of every instance of the resource.</summary>
    public ILogger GetLogger(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new ResourceLogger(() => resource.GetResourceIds().Select(Log));
    }

    public ILogger GetLogger(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        return new ResourceLogger(() => [Log(resourceName)]);
    }

    /// <summary>What has been logged, then what follows.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => WatchAsync(resourceName, CancellationToken.None);

    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return MergeAsync([.. resource.GetResourceIds()], CancellationToken.None);
    }

    /// <summary>What has been logged so far.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName)
    {
        var own = Log(resourceName).Snapshot();
        if (own.Count > 0)
            yield return own;
        if (!Log(resourceName).AnySubscribers && ReadStored is not null)
        {
            var stored = await ReadStored(resourceName, _disposed.Token).ConfigureAwait(false);
            if (stored.Count > 0)
                yield return [.. stored.Select((line, i) => new LogLine(own.Count + i + 1, line.Content, line.IsError))];
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        foreach (var id in resource.GetResourceIds())
        {
            await foreach (var batch in GetAllAsync(id).ConfigureAwait(false))
                yield return batch;
        }
    }

    /// <summary>Ends the stream of those who read the log.</summary>
    public void Complete(string name) => Log(name).Complete();

    public void Complete(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        foreach (var id in resource.GetResourceIds())
            Complete(id);
    }

    public void ClearBacklog(string resourceName) => Log(resourceName).ClearStreamed();

    public async IAsyncEnumerable<LogSubscriber> WatchAnySubscribersAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        var channel = Channel.CreateUnbounded<LogSubscriber>();
        lock (_lock)
        {
            foreach (var (name, _) in _logs.Where(l => l.Value.AnySubscribers))
                channel.Writer.TryWrite(new LogSubscriber(name, true));
            _watchers.Add(channel);
        }

        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(either.Token).ConfigureAwait(false))
                yield return change;
        }
        finally
        {
            lock (_lock)
                _watchers.Remove(channel);
        }
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
        GC.SuppressFinalize(this);
    }

    internal IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName, CancellationToken cancel) => Log(resourceName).WatchAsync(cancel);

    internal ResourceLog Log(string name) => _logs.GetOrAdd(name, n => new ResourceLog(n, SubscribersChanged));

    private async IAsyncEnumerable<IReadOnlyList<LogLine>> MergeAsync(string[] ids, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, _disposed.Token);
        var merged = Channel.CreateBounded<IReadOnlyList<LogLine>>(100);
        var readers = Task.WhenAll(ids.Select(async id =>
        {
            await foreach (var batch in WatchAsync(id, stop.Token).ConfigureAwait(false))
                await merged.Writer.WriteAsync(batch, stop.Token).ConfigureAwait(false);
        }));
        var completion = readers.ContinueWith(t => merged.Writer.TryComplete(t.Exception?.InnerException), TaskScheduler.Default);
        try
        {
            await foreach (var batch in merged.Reader.ReadAllAsync(cancel).ConfigureAwait(false))
                yield return batch;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await completion.ConfigureAwait(false);
        }
    }

    private void SubscribersChanged(string name, bool any)
    {
        lock (_lock)
        {
            foreach (var watcher in _watchers)
                watcher.Writer.TryWrite(new LogSubscriber(name, any));
        }
    }
}
