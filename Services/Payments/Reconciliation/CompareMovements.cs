using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Payments.Intents;
using Shop.Payments.Provider;
using Shop.Persistence;

namespace Shop.Payments.Reconciliation;

/// <summary>
/// Compares a page of the provider's movements with our ledger. Charges that differ are queried before the transaction; in it their intents are locked and compared again,
/// since a webhook or an answer may have recorded the movement meanwhile. One transaction: what is repaired, what is reported, and the cursor.
/// </summary>
internal sealed class CompareMovements(
    PaymentsDb db, ProviderClient provider, PaymentRecorder recorder, ComparisonCursor cursor, DifferenceLog log, IOptions<ReconciliationOptions> options, TimeProvider clock)
{
    public async Task<PageResult> PageAsync(CancellationToken cancel)
    {
        var from = (await cursor.ReadAsync(cancel)).Movement;
        var read = await provider.MovementsAsync(from, options.Value.LedgerPage, cancel);
        // Younger ones are left for the next comparison: our own answer may still be on its way.
        var until = clock.GetUtcNow() - options.Value.Grace;
        var page = read.TakeWhile(movement => movement.At <= until).ToList();
        if (page.Count == 0)
            return PageResult.End;

        var bookings = await Bookings.LoadAsync(db, [.. page.Select(movement => movement.OrderId).OfType<Guid>().Distinct()], cancel);
        var suspects = page.GroupBy(movement => movement.ChargeId)
            .Select(charge => new Suspect(charge.Key, charge.First().OrderId, [.. charge.Where(movement => movement.Kind != MovementKind.Other)]))
            .Where(suspect => suspect.Movements.Any(movement => !bookings.Has(movement) || bookings.Differs(movement)))
            .ToList();
        var charges = await provider.FindAllAsync([.. suspects.Select(suspect => suspect.OrderId).OfType<Guid>()], options.Value.Concurrency, cancel);

        var differences = await db.InTransactionAsync(cancel => RecordAsync(from, page, suspects, charges, cancel), cancel);
        if (differences is null)
            return PageResult.TakenOver;

        log.Committed(page.Count, differences);
        return page.Count == options.Value.LedgerPage ? PageResult.More : PageResult.End;
    }

    /// <returns>Null: another replica has compared this page.</returns>
    private async Task<List<Difference>?> RecordAsync(
        long from, List<Movement> page, List<Suspect> suspects, IReadOnlyDictionary<Guid, Charge> charges, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        if (!await cursor.MoveMovementAsync(from, page[^1].Sequence, page.Count, cancel))
            return null;

        var now = clock.GetUtcNow();
        db.SeenMovements.AddRange(page.Where(movement => movement is { OrderId: not null, Kind: not MovementKind.Other }).Select(movement => new SeenMovement
        {
            Sequence = movement.Sequence, OrderId = movement.OrderId!.Value, Kind = movement.Kind.ToText(), SeenAt = now,
        }));
        if (suspects.Count == 0)
            return [];

        Guid[] orderIds = [.. suspects.Select(suspect => suspect.OrderId).OfType<Guid>()];
        var intents = await db.LockAsync(orderIds, cancel);
        var bookings = await Bookings.LoadAsync(db, orderIds, cancel);
        var differences = suspects
            .Select(suspect => Examine(
                suspect, Of(suspect, intents), Of(suspect, charges), bookings, now))
            .OfType<Difference>()
            .ToList();
        db.Differences.AddRange(differences);
        return differences;
    }

    private Difference? Examine(Suspect suspect, Intent? intent, Charge? charge, Bookings bookings, DateTimeOffset now)
    {
        if (intent is null)
            return Found(DifferenceKind.UnknownCharge, suspect.Movements[^1]);
        if (suspect.Movements.Find(movement => bookings.Differs(movement) || !intent.Agrees(movement)) is { } differing)
            return Found(DifferenceKind.AmountDiffers, differing);
        if (suspect.Movements.FindLast(movement => !bookings.Has(movement)) is not { } missing)
            return null;   // recorded meanwhile
        if (charge is not null && !intent.Agrees(charge))
            return Found(DifferenceKind.AmountDiffers, missing);

        if (intent.IsReleased)
        {
            if (intent.InDoubt)
                return null;   // the release is under way, on its own schedule
            if (charge is { State: ChargeState.Authorised or ChargeState.Captured })
            {
                intent.ScheduleReconcile(now);   // that releases it again
                return Found(DifferenceKind.NotReleased, missing);
            }
        }

        var found = Found(KindOfMissing(missing), missing);
        // If the intent has it and the ledger does not, recording the charge again would not change the ledger.
        if (charge is not null && !intent.HasRecorded(missing))
        {
            recorder.Apply(intent, charge);
            found.Repaired = suspect.Movements.TrueForAll(intent.HasRecorded);
        }

        return found;

        Difference Found(string kind, Movement theirs) => new()
        {
            Id = Guid.CreateVersion7(now),
            OrderId = suspect.OrderId,
            ChargeId = suspect.ChargeId,
            Kind = kind,
            Ours = intent is null ? null : StateText.Of(intent),
            Theirs = StateText.Of(theirs),
            Repaired = false,
            At = now,
        };
    }

    private static T? Of<T>(Suspect suspect, IReadOnlyDictionary<Guid, T> byOrder) where T : class =>
        suspect.OrderId is { } orderId ? byOrder.GetValueOrDefault(orderId) : null;

    private static string KindOfMissing(Movement movement) => movement.Kind switch
    {
        MovementKind.Authorise => DifferenceKind.MissingAuthorisation,
        MovementKind.Capture => DifferenceKind.MissingCapture,
        MovementKind.Void => DifferenceKind.MissingVoid,
        _ => DifferenceKind.MissingRefund,
    };

    /// <param name="Movements">Of the page, in order.</param>
    private sealed record Suspect(string ChargeId, Guid? OrderId, List<Movement> Movements);
}
