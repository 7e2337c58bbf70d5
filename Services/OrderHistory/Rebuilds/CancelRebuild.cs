using Microsoft.EntityFrameworkCore;
using Shop.OrderHistory.V1;
using Shop.ServiceDefaults.Errors;

namespace Shop.OrderHistory.Rebuilds;

/// <summary>An operator breaks the running rebuild off. It is cancelled with the answer; the replica at work reads that from the row, and no other one begins it again.</summary>
internal sealed partial class CancelRebuild(OrderHistoryDb db, ILogger<CancelRebuild> logger)
{
    public async Task<CancelRebuildResponse> HandleAsync(CancellationToken cancel)
    {
        // The swap changes the same row in its transaction: the later of the two waits for the other's commit, and finds that the rebuild is not running any more.
        var cancelled = await db.Database.SqlQuery<Guid>(
            $"update rebuilds set state = {RebuildState.Cancelled} where state = {RebuildState.Running} returning id").ToListAsync(cancel);
        if (cancelled is [var id])
        {
            LogCancelled(id);
            return new() { RebuildId = id.ToString() };
        }

        var last = await db.Rebuilds.AsNoTracking().OrderByDescending(rebuild => rebuild.Id).FirstOrDefaultAsync(cancel);
        return last is { State: RebuildState.Cancelled }
            ? new() { RebuildId = last.Id.ToString() }
            : throw new ConflictException("rebuild_not_running", "No rebuild is running.");
    }

    [LoggerMessage(LogLevel.Information, "Rebuild {Id} is cancelled by an operator; the tables that served stay")]
    private partial void LogCancelled(Guid id);
}
