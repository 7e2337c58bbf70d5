using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>Brings the programs' output to those who read it, as long as they read it.</summary>
internal sealed partial class DcpLogs(IDcp dcp, ResourceLoggerService logs, ILogger<DcpLogs> logger)
{
    /// <summary>How much of a run is kept when the program is started again under its name.</summary>
    private const int Kept = 500;

    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, CancellationTokenSource> _following = new();

    public async Task RunAsync(CancellationToken cancel)
    {
        logs.ReadStored = ReadAllAsync;
        try
        {
            await foreach (var subscriber in logs.WatchAnySubscribersAsync(cancel).ConfigureAwait(false))
            {
                if (subscriber.AnySubscribers)
                    Follow(subscriber.Name, cancel);
                else
                    Leave(subscriber.Name);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            foreach (var name in _following.Keys)
                Leave(name);
        }
    }

    /// <summary>A program has been started (again): who was reading goes on with its new output.</summary>
    public void Started(string name, CancellationToken cancel)
    {
        if (logs.Log(name).AnySubscribers)
            Follow(name, cancel);
    }

    /// <summary>Saves the end of a run's output before the orchestrator forgets it.</summary>
    public async Task KeepAsync(string name, CancellationToken cancel)
    {
        if (_following.TryRemove(name, out var following))
            await following.CancelAsync().ConfigureAwait(false);
        logs.Log(name).Archive(await ReadAsync(name, Kept, cancel).ConfigureAwait(false));
    }

    /// <summary>What the orchestrator itself has to say, for instance why a program could not be started.</summary>
    public async Task<string> WhyAsync(string name, CancellationToken cancel)
    {
        var lines = new List<string>();
        await foreach (var line in dcp.ReadLogAsync(name, "system", follow: false, tail: 20, cancel).ConfigureAwait(false))
            lines.Add(line);
        return string.Join(Environment.NewLine, lines);
    }

    private void Follow(string name, CancellationToken cancel)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (!_following.TryAdd(name, stop))
        {
            stop.Dispose();
            return;
        }

        _ = Task.Run(() => Task.WhenAll(FollowAsync(name, "stdout", stop.Token), FollowAsync(name, "stderr", stop.Token)), CancellationToken.None);
    }

    private void Leave(string name)
    {
        if (!_following.TryRemove(name, out var stop))
            return;
        stop.Cancel();
        stop.Dispose();
        logs.ClearBacklog(name);
    }

    /// <summary>Until the program ends or nobody reads. A broken connection, or a program that the orchestrator does not know yet, is asked again; told lines are not told twice.</summary>
    private async Task FollowAsync(string name, string source, CancellationToken cancel)
    {
        var log = logs.Log(name);
        for (var told = 0; ;)
        {
            var line = 0;
            try
            {
                await foreach (var text in dcp.ReadLogAsync(name, source, follow: true, tail: null, cancel).ConfigureAwait(false))
                {
                    if (line++ < told)
                        continue;
                    told = line;
                    log.AddStreamed(text, source == "stderr");
                }

                // Nothing at all: the orchestrator may not know the program yet, which was started a moment ago.
                if (line > 0)
                    return;
            }
            catch (Exception) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                LogBroken(logger, source, name, e.Message);
            }

            await Task.Delay(AskAgainAfter, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancel.IsCancellationRequested)
                return;
        }
    }

    private async Task<IReadOnlyList<(string Content, bool IsError)>> ReadAllAsync(string name, CancellationToken cancel) =>
        await ReadAsync(name, tail: null, cancel).ConfigureAwait(false);

    private async Task<List<(string Content, bool IsError)>> ReadAsync(string name, int? tail, CancellationToken cancel)
    {
        var lines = new List<(string Content, bool IsError)>();
        foreach (var source in (string[])["stdout", "stderr"])
        {
            await foreach (var line in dcp.ReadLogAsync(name, source, follow: false, tail, cancel).ConfigureAwait(false))
                lines.Add((line, source == "stderr"));
        }

        // Each line begins with its time, so the two streams fit together by sorting (a stable one: equal times keep their order).
        return [.. lines.OrderBy(l => l.Content.Split(' ', 2)[0], StringComparer.Ordinal)];
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Following {Source} of {Name} broke off and is tried again: {Reason}")]
    private static partial void LogBroken(ILogger logger, string source, string name, string reason);
}
