using Shop.Payments.Provider;
using Shop.Payments.V1;
using Shop.ServiceDefaults;

namespace Shop.Payments.Intents;

/// <summary>
/// Gives an order's money back: what is held is let go of, what was taken is refunded. Both compensations come here, since only the provider knows which of the two
/// it is after a lost answer. It always succeeds: while the provider is away the release is on record, nothing more is taken, and reconciliation carries it out.
/// </summary>
internal sealed partial class ReleasePayment(
    PaymentsDb db, ProviderClient provider, ProviderCallLog calls, IntentWriter intents, PaymentRecorder recorder, ReconcileSchedule schedule, TimeProvider clock, ILogger<ReleasePayment> log)
{
    // An authorisation or capture in flight may slip in between look and save; then we look again.
    private const int Rounds = 3;

    public async Task<VoidResponse> VoidAsync(VoidRequest request, CancellationToken cancel)
    {
        await GiveUpAsync(request.OrderId, cancel);
        return new VoidResponse();
    }

    public async Task<RefundResponse> RefundAsync(RefundRequest request, CancellationToken cancel)
    {
        await GiveUpAsync(request.OrderId, cancel);
        return new RefundResponse();
    }

    /// <summary>Looks at the provider in any case, also where our books say that all is given back.</summary>
    public async Task LetGoAsync(Guid orderId, CancellationToken cancel)
    {
        for (var round = 1; round <= Rounds; round++)
        {
            var intent = await intents.LoadAsync(orderId, cancel);
            var attempts = new List<Attempt>();
            var found = await GiveBackAsync(orderId, attempts, cancel);

            var known = await intents.SaveAsync(intent, orderId, current => Record(current, orderId, found, attempts));
            if (known.IsClosed || !found.IsCertain)
                return;
            db.ChangeTracker.Clear();
        }

        LogStillOpen(orderId);
    }

    private async Task GiveUpAsync(string order, CancellationToken cancel)
    {
        var check = new Check();
        var orderId = check.Uuid("orderId", order);
        check.ThrowIfAny();

        if (await intents.LoadAsync(orderId, cancel) is not { IsClosed: true, InDoubt: false })
            await LetGoAsync(orderId, cancel);
    }

    private async Task<Found> GiveBackAsync(Guid orderId, List<Attempt> attempts, CancellationToken cancel)
    {
        try
        {
            var charge = await provider.FindAsync(orderId, cancel);
            while (charge is { State: ChargeState.Authorised or ChargeState.Captured })
            {
                var asked = charge.State == ChargeState.Authorised
                    ? await calls.AskAsync(orderId, "void", cancel => provider.VoidAsync(orderId, charge.Id, cancel), cancel)
                    : await calls.AskAsync(orderId, "refund", cancel => provider.RefundAsync(orderId, charge.Id, charge.Returnable, cancel), cancel);
                attempts.Add(asked.Attempt);
                if (asked.Answer is null)
                    return Found.Uncertain;
                if (asked.Answer.Charge.State == charge.State)
                    break;   // refused: asking on would not change it
                charge = asked.Answer.Charge;
            }

            return new Found(true, charge);
        }
        catch (Exception trouble) when (trouble is OutcomeUnknownException or UnavailableException || cancel.IsCancellationRequested)
        {
            LogOwed(orderId, trouble.Message);
            return Found.Uncertain;
        }
    }

    private Intent Record(Intent? current, Guid orderId, Found found, List<Attempt> attempts)
    {
        var now = clock.GetUtcNow();
        var intent = current ?? Intent.Tombstone(orderId, now);
        intent.RequestRelease(now);
        db.Attempts.AddRange(attempts);

        if (found.Charge is { } charge)
            recorder.Apply(intent, charge);
        else if (found.IsCertain && intent.ChargeId is null)
            intent.CloseEmpty(now);

        if (!intent.IsClosed)
            intent.ScheduleReconcile(schedule.Next(intent));
        else if (found.Charge is null && schedule.Watch(intent) is { } later)
            intent.ScheduleReconcile(later);   // an authorisation that is still on its way would find nobody waiting for it
        else
            intent.ClearReconcile();

        return intent;
    }

    private sealed record Found(bool IsCertain, Charge? Charge)
    {
        public static readonly Found Uncertain = new(false, null);
    }

    [LoggerMessage(1, LogLevel.Warning, "The money of order {OrderId} could not be given back now and is owed: {Why}")]
    private partial void LogOwed(Guid orderId, string why);

    [LoggerMessage(2, LogLevel.Error, "The money of order {OrderId} is not given back although the provider answers. Reconciliation goes on trying.")]
    private partial void LogStillOpen(Guid orderId);
}
