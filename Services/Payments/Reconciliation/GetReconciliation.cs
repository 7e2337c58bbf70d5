using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Shop.Payments.V1;

namespace Shop.Payments.Reconciliation;

/// <summary>What the comparison with the provider's ledger has found, for operators.</summary>
internal sealed class GetReconciliation(PaymentsDb db, ComparisonCursor cursor)
{
    private const int MaxDifferences = 100;

    public async Task<GetReconciliationResponse> HandleAsync(CancellationToken cancel)
    {
        var comparison = await cursor.ReadAsync(cancel);
        var differences = await db.Differences.AsNoTracking().OrderByDescending(difference => difference.Id).Take(MaxDifferences).ToListAsync(cancel);
        return new GetReconciliationResponse
        {
            At = comparison.ComparedAt?.ToTimestamp(),
            Compared = comparison.Compared,
            Differences = { differences.Select(Contract) },
        };
    }

    private static V1.Difference Contract(Difference difference) => new()
    {
        OrderId = difference.OrderId?.ToString() ?? "",
        Kind = difference.Kind,
        Ours = difference.Ours ?? "",
        Theirs = difference.Theirs ?? "",
        Repaired = difference.Repaired,
        At = difference.At.ToTimestamp(),
    };
}
