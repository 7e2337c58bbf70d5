using Shop.ServiceDefaults.Configuration;

namespace Shop.Payments.Intents;

internal static class IntentExtensions
{
    public static void AddIntents(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<AttemptOptions>(AttemptOptions.Section);
        builder.AddValidatedOptions<ReconcileScheduleOptions>(ReconcileScheduleOptions.Section);
    }
}
