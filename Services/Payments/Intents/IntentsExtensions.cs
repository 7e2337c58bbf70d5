using Microsoft.Extensions.Options;
using Shop.Persistence;
using Shop.ServiceDefaults;

namespace Shop.Payments.Intents;

internal static class IntentsExtensions
{
    public static void AddIntents(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<ReconcileScheduleOptions>(ReconcileScheduleOptions.Section);
        builder.AddValidatedOptions<AttemptOptions>(AttemptOptions.Section);
        builder.Services.AddSingleton<PaymentMetrics>();
        builder.Services.AddSingleton<ProviderCallLog>();
        builder.Services.AddSingleton<ReconcileSchedule>();
        builder.Services.AddScoped<IntentWriter>();
        builder.Services.AddScoped<PaymentRecorder>();
        builder.Services.AddScoped<AuthorisePayment>();
        builder.Services.AddScoped<CapturePayment>();
        builder.Services.AddScoped<ReleasePayment>();
        builder.Services.AddScoped<GetPayments>();
        // Ids are UUIDv7 and contain their time, so the primary key finds the old rows.
        builder.Services.AddPurge(provider => new("attempts", "id < persistence.first_id(now() - $1)", provider.GetRequiredService<IOptions<AttemptOptions>>().Value.Retention));
    }
}
