using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Shop.Persistence;
using Shop.Persistence.Workers;
using Shop.Sagas.Store;
using Shop.ServiceDefaults;

namespace Shop.Sagas.Engine;

/// <summary>
/// Writes the progress of sagas. While one commit is under way the next outcomes gather, and share the following one: under load many sagas cost one flush.
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

    /// <summary>Writes until there is nothing more to come: the last outcomes of sagas that are just stopping, too.</summary>
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

    /// <summary>Nothing more comes.</summary>
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
                // Their leases run out, and then they go on from what was written last.
                foreach (var (_, written) in batch)
                    written.SetException(failure);
                return;
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Progress of {Count} sagas could not be written (attempt {Attempt}): {Reason}")]
    private partial void LogRetry(int count, int attempt, string reason);
}
