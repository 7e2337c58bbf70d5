using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Payments.Intents;
using Shop.Payments.Provider;
using Shop.Persistence;

namespace Shop.Payments.Reconciliation;

/// <summary>
/// Compares a page of our attempts with the provider's movements, once those are compared to their end: what succeeded here must have moved there. An attempt in doubt
/// claims nothing. Its charge is queried before it is reported.
/// </summary>
internal sealed class CompareAttempts(
    PaymentsDb db, ProviderClient provider, ComparisonCursor cursor, DifferenceLog log, IOptions<ReconciliationOptions> options, TimeProvider clock)
{
    public async Task<PageResult> PageAsync(CancellationToken cancel)
    {
        var from = (await cursor.ReadAsync(cancel)).Attempt;
        // Ids are made by the clocks of replicas, and committed after the call: AttemptGrace is longer than both can differ.
        var page = await db.Attempts
            .FromSql($"select * from attempts where id > {from} and id < persistence.first_id(now() - {options.Value.AttemptGrace}) order by id limit {options.Value.LedgerPage}")
            .AsNoTracking().ToListAsync(cancel);
        if (page.Count == 0)
            return PageResult.End;

        Guid[] orderIds = [.. page.Select(attempt => attempt.OrderId).Distinct()];
        var seen = await db.SeenMovements.AsNoTracking()
            .Where(movement => orderIds.Contains(movement.OrderId))
            .Select(movement => new { movement.OrderId, movement.Kind })
            .ToListAsync(cancel);
        var moved = seen.Select(movement => (movement.OrderId, movement.Kind)).ToHashSet();
        var claims = page.Where(attempt => Claimed(attempt) is { } kind && !moved.Contains((attempt.OrderId, kind.ToText())))
            .GroupBy(attempt => attempt.OrderId).ToDictionary(order => order.Key, order => Claimed(order.Last())!.Value);
        var charges = await provider.FindAllAsync([.. claims.Keys], options.Value.Concurrency, cancel);

        var differences = await db.InTransactionAsync(cancel => RecordAsync(from, page, claims, charges, cancel), cancel);
        if (differences is null)
            return PageResult.TakenOver;

        log.Committed(page.Count, differences);
        return page.Count == options.Value.LedgerPage ? PageResult.More : PageResult.End;
    }

    private async Task<List<Difference>?> RecordAsync(
        Guid from, List<Attempt> page, Dictionary<Guid, MovementKind> claims, IReadOnlyDictionary<Guid, Charge> charges, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        if (!await cursor.MoveAttemptAsync(from, page[^1].Id, page.Count, cancel))
            return null;

        var differing = claims.Where(claim => !Has(charges.GetValueOrDefault(claim.Key), claim.Value)).ToList();
        if (differing.Count == 0)
            return [];

        var intents = await db.LockAsync([.. differing.Select(claim => claim.Key)], cancel);
        var differences = differing
            .Select(claim => Examine(claim.Key, claim.Value, intents.GetValueOrDefault(claim.Key), charges.GetValueOrDefault(claim.Key), clock.GetUtcNow()))
            .ToList();
        db.Differences.AddRange(differences);
        return differences;
    }

    private static Difference Examine(Guid orderId, MovementKind claimed, Intent? intent, Charge? charge, DateTimeOffset now)
    {
        var isHeld = claimed is MovementKind.Void or MovementKind.Refund && charge is { State: ChargeState.Authorised or ChargeState.Captured };
        if (isHeld)
            intent?.ScheduleReconcile(now);   // that releases it again
        return new Difference
        {
            Id = Guid.CreateVersion7(now),
            OrderId = orderId,
            ChargeId = charge?.Id ?? intent?.ChargeId,
            Kind = isHeld ? DifferenceKind.NotReleased : DifferenceKind.NotAtProvider,
            Ours = intent is null ? null : StateText.Of(intent),
            Theirs = charge is null ? null : StateText.Of(charge),
            Repaired = false,
            At = now,
        };
    }

    /// <summary>The movement that an attempt says there was. Null: in doubt, or refused.</summary>
    private static MovementKind? Claimed(Attempt attempt) => attempt.Outcome switch
    {
        "authorised" => MovementKind.Authorise,
        "captured" => MovementKind.Capture,
        "voided" => MovementKind.Void,
        "refunded" => MovementKind.Refund,
        _ => null,
    };

    private static bool Has(Charge? charge, MovementKind kind) => kind switch
    {
        MovementKind.Authorise => charge is { State: not ChargeState.Declined },
        MovementKind.Capture => charge is { State: ChargeState.Captured or ChargeState.Refunded },
        MovementKind.Void => charge is { State: ChargeState.Voided },
        _ => charge is { State: ChargeState.Refunded },
    };
}
