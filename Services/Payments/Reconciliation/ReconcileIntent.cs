using Shop.Payments.Intents;
using Shop.Payments.Provider;

namespace Shop.Payments.Reconciliation;

/// <summary>Updates one intent to the provider's state, or completes its release.</summary>
internal sealed class ReconcileIntent(ProviderClient provider, IntentWriter intents, PaymentRecorder recorder, ReconcileSchedule schedule, ReleasePayment release)
{
    public async Task HandleAsync(Guid orderId, CancellationToken cancel)
    {
        if (await intents.LoadAsync(orderId, cancel) is not { } intent)
            return;

        if (intent.IsReleased)
        {
            await release.ReleaseAsync(orderId, cancel);
            return;
        }

        var charge = await provider.FindAsync(orderId, cancel);
        await intents.SaveAsync(intent, orderId, current => Record(current!, charge));
    }

    private Intent Record(Intent intent, Charge? charge)
    {
        if (charge is not null)
            recorder.Apply(intent, charge);

        if (intent.IsReleased || charge is null)
            intent.ScheduleReconcile(schedule.Next(intent));
        else
            intent.ClearReconcile();

        return intent;
    }
}
