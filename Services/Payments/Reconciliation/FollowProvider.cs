using Shop.Payments.Intents;
using Shop.Payments.Provider;

namespace Shop.Payments.Reconciliation;

/// <summary>Brings one intent up to what the provider says of it, or carries out what we owe to it.</summary>
internal sealed class FollowProvider(ProviderClient provider, IntentWriter intents, PaymentRecorder recorder, ReconcileSchedule schedule, ReleasePayment release)
{
    public async Task HandleAsync(Guid orderId, CancellationToken cancel)
    {
        if (await intents.LoadAsync(orderId, cancel) is not { } intent)
            return;

        if (intent.IsReleased)
        {
            await release.LetGoAsync(orderId, cancel);
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
