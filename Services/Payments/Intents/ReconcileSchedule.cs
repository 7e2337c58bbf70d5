using Microsoft.Extensions.Options;

namespace Shop.Payments.Intents;

/// <summary>When an intent is reconciled next.</summary>
internal sealed class ReconcileSchedule(IOptions<ReconcileScheduleOptions> options, TimeProvider clock)
{
    /// <summary>For an outcome in doubt or a release that is due: exponential back-off.</summary>
    public DateTimeOffset Next(Intent intent)
    {
        var pause = options.Value.First * Math.Pow(2, Math.Min(intent.ReconcileAttempts, 20));
        return clock.GetUtcNow() + (pause < options.Value.LongestPause ? pause : options.Value.LongestPause);
    }

    /// <summary>For a release that found no charge: an authorisation may still be in flight. Null: no further check.</summary>
    public DateTimeOffset? NextLateChargeCheck(Intent intent) =>
        intent.ReconcileAttempts < options.Value.LateChargeChecks ? clock.GetUtcNow() + options.Value.LateChargeDelay * Math.Pow(10, intent.ReconcileAttempts) : null;
}
