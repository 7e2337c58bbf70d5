using Shop.Payments.Provider;
using Shop.Payments.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Payments.Intents;

/// <summary>Captures an order's authorised amount.</summary>
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

        var call = await calls.CallAsync(orderId, "capture", cancel => FindOrCaptureAsync(intent, request.AskedBefore || intent.InDoubt, cancel), cancel);

        var saved = await intents.SaveAsync(intent, orderId, current => Record(current!, call));
        return IsDone(saved) ? new CaptureResponse() : throw Refusals.Unknown();
    }

    private async Task<ProviderAnswer> FindOrCaptureAsync(Intent intent, bool inDoubt, CancellationToken cancel)
    {
        // After an unknown outcome, query the provider before the command is repeated.
        if (inDoubt && await provider.FindAsync(intent.OrderId, cancel) is { State: not ChargeState.Authorised } charge)
            return new ProviderAnswer(charge);

        return await provider.CaptureAsync(intent.OrderId, intent.ChargeId!, cancel);
    }

    private Intent Record(Intent intent, ProviderCallResult call)
    {
        db.Attempts.Add(call.Attempt);
        if (call.Answer is not { } answer)
        {
            intent.ScheduleReconcile(schedule.Next(intent));
            return intent;
        }

        recorder.Apply(intent, answer.Charge);
        if (answer.Refused is not null && intent.Status == IntentStatus.Authorised)
            recorder.RefuseCapture(intent, answer.Refused);
        // A release that was requested meanwhile still has to query the provider itself.
        if (!intent.IsReleased)
            intent.ClearReconcile();
        return intent;
    }

    /// <returns>False while the payment is authorised and can be captured. Throws when it cannot.</returns>
    private static bool IsDone(Intent intent) => intent.Status switch
    {
        _ when intent.IsReleased => throw Refusals.Voided(),
        IntentStatus.Captured => true,
        IntentStatus.Authorised when intent.Refusal is null => false,
        IntentStatus.Pending => throw Refusals.Unknown(),
        // The authorisation ended without a release of ours: to the buyer the payment failed.
        _ => throw new RefusedException(intent.Refusal ?? Refusals.PaymentDeclined, $"The payment cannot be captured: it is {intent.Status}."),
    };
}
