using Microsoft.Extensions.Options;

namespace Shop.Payments.Intents;

/// <summary>When reconciliation looks at an intent next.</summary>
internal sealed class ReconcileSchedule(IOptions<ReconcileScheduleOptions> options, TimeProvider clock)
{
    /// <summary>Something is unknown or owed: soon, then in growing pauses.</summary>
    public DateTimeOffset Next(Intent intent)
    {
        var pause = options.Value.First * Math.Pow(2, Math.Min(intent.ReconcileAttempts, 20));
        return clock.GetUtcNow() + (pause < options.Value.LongestPause ? pause : options.Value.LongestPause);
    }

    /// <summary>Nothing was there: a few times more, in case it was still on its way. Null: often enough.</summary>
    public DateTimeOffset? Watch(Intent intent) =>
        intent.ReconcileAttempts < options.Value.Watches ? clock.GetUtcNow() + options.Value.Watch * Math.Pow(10, intent.ReconcileAttempts) : null;
}
