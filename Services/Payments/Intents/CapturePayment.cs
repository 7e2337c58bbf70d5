using Shop.Payments.Provider;
using Shop.Payments.V1;
using Shop.ServiceDefaults;

namespace Shop.Payments.Intents;

/// <summary>Takes what is held for an order.</summary>
internal sealed class CapturePayment(PaymentsDb db, ProviderClient provider, ProviderCallLog calls, IntentWriter intents, PaymentRecorder recorder, ReconcileSchedule schedule)
{
    public async Task<CaptureResponse> HandleAsync(CaptureRequest request, CancellationToken cancel)
    {
        var check = new Check();
        var orderId = check.Uuid("orderId", request.OrderId);
        check.ThrowIfAny();

        var intent = await intents.LoadAsync(orderId, cancel) ?? throw new NotFoundException("There is no payment for this order.");
        if (IsDone(intent))
            return new CaptureResponse();

        var asked = await calls.AskAsync(orderId, "capture", cancel => AskAsync(intent, request.AskedBefore || intent.InDoubt, cancel), cancel);

        var known = await intents.SaveAsync(intent, orderId, current => Record(current!, asked));
        return IsDone(known) ? new CaptureResponse() : throw Refusals.Unknown();
    }

    private async Task<ProviderAnswer> AskAsync(Intent intent, bool looks, CancellationToken cancel)
    {
        // After an unknown outcome: look before asking again.
        if (looks && await provider.FindAsync(intent.OrderId, cancel) is { State: not ChargeState.Authorised } charge)
            return new ProviderAnswer(charge);

        return await provider.CaptureAsync(intent.OrderId, intent.ChargeId!, cancel);
    }

    private Intent Record(Intent intent, ProviderCallResult asked)
    {
        db.Attempts.Add(asked.Attempt);
        if (asked.Answer is not { } answer)
        {
            intent.ScheduleReconcile(schedule.Next(intent));
            return intent;
        }

        recorder.Apply(intent, answer.Charge);
        if (answer.Refused is not null && intent.Status == IntentStatus.Authorised)
            recorder.RefuseCapture(intent, answer.Refused);
        // A release that came meanwhile is not over before its own look at the provider.
        if (!intent.IsReleased)
            intent.ClearReconcile();
        return intent;
    }

    /// <returns>False while it is held and may be taken. Throws when the answer is no.</returns>
    private static bool IsDone(Intent intent) => intent.Status switch
    {
        _ when intent.IsReleased => throw Refusals.Voided(),
        IntentStatus.Captured => true,
        IntentStatus.Authorised when intent.Refusal is null => false,
        IntentStatus.Pending => throw Refusals.Unknown(),
        // Held no longer, and we did not let go of it: to the buyer that is a payment that failed.
        _ => throw new RefusedException(intent.Refusal ?? Refusals.PaymentDeclined, $"Nothing can be taken: the payment is {intent.Status}."),
    };
}
