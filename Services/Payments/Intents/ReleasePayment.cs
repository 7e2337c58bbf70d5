using Shop.Payments.Provider;
using Shop.Payments.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Payments.Intents;

/// <summary>
/// Releases an order's payment: voids an authorisation, refunds a capture. Both compensations run the same code, since after a lost answer only the provider knows which
/// of the two applies. It always succeeds: while the provider is unavailable the release is recorded, nothing more is captured, and reconciliation completes it.
/// </summary>
internal sealed partial class ReleasePayment(
    PaymentsDb db, ProviderClient provider, ProviderCallLog calls, IntentWriter intents, PaymentRecorder recorder, ReconcileSchedule schedule, TimeProvider clock, ILogger<ReleasePayment> logger)
{
    // An authorisation or capture in flight may complete between query and save; then the provider is queried again.
    private const int MaxRounds = 3;

    public async Task<VoidResponse> VoidAsync(VoidRequest request, CancellationToken cancel)
    {
        await ReleaseIfOpenAsync(request.OrderId, cancel);
        return new VoidResponse();
    }

    public async Task<RefundResponse> RefundAsync(RefundRequest request, CancellationToken cancel)
    {
        await ReleaseIfOpenAsync(request.OrderId, cancel);
        return new RefundResponse();
    }

    /// <summary>Queries the provider in any case, also when the intent is recorded as closed.</summary>
    public async Task ReleaseAsync(Guid orderId, CancellationToken cancel)
    {
        for (var round = 1; round <= MaxRounds; round++)
        {
            var intent = await intents.LoadAsync(orderId, cancel);
            var attempts = new List<Attempt>();
            var result = await VoidOrRefundAsync(orderId, attempts, cancel);

            var saved = await intents.SaveAsync(intent, orderId, current => Record(current, orderId, result, attempts));
            if (saved.IsClosed || result.InDoubt)
                return;
            db.ChangeTracker.Clear();
        }

        LogStillOpen(orderId);
    }

    private async Task ReleaseIfOpenAsync(string order, CancellationToken cancel)
    {
        var check = new Check();
        var orderId = check.Uuid("orderId", order);
        check.ThrowIfAny();

        if (await intents.LoadAsync(orderId, cancel) is not { IsClosed: true, InDoubt: false })
            await ReleaseAsync(orderId, cancel);
    }

    private async Task<ReleaseResult> VoidOrRefundAsync(Guid orderId, List<Attempt> attempts, CancellationToken cancel)
    {
        try
        {
            var charge = await provider.FindAsync(orderId, cancel);
            while (charge is { State: ChargeState.Authorised or ChargeState.Captured })
            {
                var call = charge.State == ChargeState.Authorised
                    ? await calls.CallAsync(orderId, "void", cancel => provider.VoidAsync(orderId, charge.Id, cancel), cancel)
                    : await calls.CallAsync(orderId, "refund", cancel => provider.RefundAsync(orderId, charge, cancel), cancel);
                attempts.Add(call.Attempt);
                if (call.Answer is null)
                    return ReleaseResult.Unknown;
                if (call.Answer.Charge.State == charge.State)
                    break;   // refused: repeating the command would not change it
                charge = call.Answer.Charge;
            }

            return new ReleaseResult(false, charge);
        }
        catch (Exception failure) when (failure is OutcomeUnknownException or UnavailableException || cancel.IsCancellationRequested)
        {
            LogReleaseDelayed(orderId, failure.Message);
            return ReleaseResult.Unknown;
        }
    }

    private Intent Record(Intent? current, Guid orderId, ReleaseResult result, List<Attempt> attempts)
    {
        var now = clock.GetUtcNow();
        var intent = current ?? Intent.Tombstone(orderId, now);
        intent.RequestRelease(now);
        db.Attempts.AddRange(attempts);

        if (result.Charge is { } charge)
            recorder.Apply(intent, charge);
        else if (!result.InDoubt && intent.ChargeId is null)
            intent.CloseWithoutCharge(now);

        if (!intent.IsClosed)
            intent.ScheduleReconcile(schedule.Next(intent));
        else if (result.Charge is null && schedule.NextLateChargeCheck(intent) is { } later)
            intent.ScheduleReconcile(later);   // no caller waits for an authorisation that is still in flight
        else
            intent.ClearReconcile();

        return intent;
    }

    /// <param name="Charge">Null: in doubt, or the provider has no charge of the order.</param>
    private sealed record ReleaseResult(bool InDoubt, Charge? Charge)
    {
        public static readonly ReleaseResult Unknown = new(true, null);
    }

    [LoggerMessage(LogLevel.Warning, "The payment of order {OrderId} could not be released now; reconciliation retries: {Why}")]
    private partial void LogReleaseDelayed(Guid orderId, string why);

    [LoggerMessage(LogLevel.Error, "The payment of order {OrderId} is not released although the provider answers; reconciliation retries")]
    private partial void LogStillOpen(Guid orderId);
}
