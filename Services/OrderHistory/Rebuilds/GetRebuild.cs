using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Shop.OrderHistory.V1;

namespace Shop.OrderHistory.Rebuilds;

/// <summary>The last rebuild, for operators.</summary>
internal sealed class GetRebuild(OrderHistoryDb db)
{
    public async Task<GetRebuildResponse> HandleAsync(CancellationToken cancel) =>
        await db.Rebuilds.AsNoTracking().OrderByDescending(rebuild => rebuild.Id).FirstOrDefaultAsync(cancel) is { } last ? ToContract(last) : new() { State = RebuildState.Idle };

    private static GetRebuildResponse ToContract(Rebuild rebuild)
    {
        var contract = new GetRebuildResponse
        {
            RebuildId = rebuild.Id.ToString(),
            State = rebuild.State,
            EventsRead = rebuild.EventsRead,
            EventsTotal = rebuild.EventsTotal,
            StartedAt = rebuild.StartedAt.ToTimestamp(),
            SwappedAt = rebuild.SwappedAt?.ToTimestamp(),
        };
        if (rebuild.Error is { } error)
            contract.Error = error;
        if (rebuild is { OrdersBefore: { } before, OrdersAfter: { } after })
            (contract.OrdersBefore, contract.OrdersAfter) = (before, after);
        return contract;
    }
}
