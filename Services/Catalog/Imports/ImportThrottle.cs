using Microsoft.Extensions.Options;

namespace Shop.Catalog.Imports;

/// <summary>
/// One batch at a time, and after each a rest as long as its work was (with a share of one half): the slower the database is for others,
/// the longer an import stands aside.
/// </summary>
public sealed class ImportTurns(IOptions<ImportOptions> options, TimeProvider clock) : IDisposable
{
    // The caller waits for the rest, too, and has a deadline.
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1);

    public async Task<T> TakeAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            var begun = clock.GetTimestamp();
            var result = await work();
            await RestAfterAsync(clock.GetElapsedTime(begun), cancel);
            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private Task RestAfterAsync(TimeSpan work, CancellationToken cancel)
    {
        var rest = work * (1 / options.Value.Share - 1);
        return Task.Delay(rest < LongestRest ? rest : LongestRest, clock, cancel);
    }
}
