using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Shop.Persistence;
using Shop.Persistence.Workers;
using Shop.Sagas.Store;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Sagas.Engine;

/// <summary>
/// Writes the progress of sagas as group commits: outcomes that arrive during one commit share the next, so under load many sagas cost one flush.
/// </summary>
internal sealed partial class SagaWriter(SagaStore store, DatabaseSpace space, ILogger<SagaWriter> logger)
{
    private const int MostAtOnce = 256;
    private const int Attempts = 5;

    private readonly Channel<(SagaProgress Progress, TaskCompletionSource Written)> _queue =
        Channel.CreateUnbounded<(SagaProgress, TaskCompletionSource)>(new() { SingleReader = true });

    /// <summary>Returns when it is committed.</summary>
    /// <exception cref="SagaLostException">Another run has taken the saga.</exception>
    public async Task WriteAsync(SagaProgress progress, CancellationToken cancel)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync((progress, written), cancel);
        await written.Task;
    }

    /// <summary>Writes until <see cref="Complete"/> is called and the queue is empty.</summary>
    public async Task RunAsync()
    {
        var batch = new List<(SagaProgress Progress, TaskCompletionSource Written)>();
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            while (batch.Count < MostAtOnce && _queue.Reader.TryRead(out var next))
                batch.Add(next);
            await WriteAsync(batch);
        }
    }

    /// <summary>No further progress may be written.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    private async Task WriteAsync(List<(SagaProgress Progress, TaskCompletionSource Written)> batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var written = await store.WriteAsync([.. batch.Select(item => item.Progress)], CancellationToken.None);
                foreach (var (progress, done) in batch)
                {
                    if (written.Contains((progress.Id, progress.Version)))
                        done.SetResult();
                    else
                        done.SetException(new SagaLostException(progress.Id));
                }
                return;
            }
            catch (Exception failure) when (attempt < Attempts && TransientFailures.IsTransient(failure))
            {
                space.Observe(failure);
                LogRetry(batch.Count, attempt, failure.Message);
                await Task.Delay(Backoff.Delay(attempt, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2)), CancellationToken.None);
            }
            catch (Exception failure)
            {
                // When their leases end, they continue from the last progress written.
                foreach (var (_, written) in batch)
                    written.SetException(failure);
                return;
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Progress of {Count} sagas could not be written (attempt {Attempt}): {Reason}")]
    private partial void LogRetry(int count, int attempt, string reason);
}
