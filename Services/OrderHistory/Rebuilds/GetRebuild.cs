using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Shop.OrderHistory.V1;

namespace Shop.OrderHistory.Rebuilds;

/// <summary>The last rebuild, for operators.</summary>
internal sealed class GetRebuild(OrderHistoryDb db)
{
    public async Task<GetRebuildResponse> HandleAsync(CancellationToken cancel) =>
        await db.Rebuilds.AsNoTracking().OrderByDescending(rebuild => rebuild.Id).FirstOrDefaultAsync(cancel) is { } last
            ? new()
            {
                RebuildId = last.Id.ToString(),
                State = last.State,
                EventsRead = last.EventsRead,
                EventsTotal = last.EventsTotal,
                StartedAt = last.StartedAt.ToTimestamp(),
                SwappedAt = last.SwappedAt?.ToTimestamp(),
            }
            : new() { State = RebuildState.Idle };
}
