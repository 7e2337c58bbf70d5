using System.Text.Json.Serialization;
using Shop.PaymentProvider.Idempotency;
using Shop.PaymentProvider.Tokens;

namespace Shop.PaymentProvider.Charges;

internal static class ChargeExtensions
{
    public static void AddCharges(this IHostApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;   // a string is not accepted as an amount
            json.SerializerOptions.AllowDuplicateProperties = false;             // two amounts are ambiguous
        });
        builder.Services.AddSingleton<FlakyCardNetwork>();
        builder.Services.AddScoped<IdempotentWrites>();
        builder.Services.AddHostedService<PurgeAnswers>();
        builder.Services.AddScoped<ChargeWrites>();
        builder.Services.AddScoped<CreateCharge>();
        builder.Services.AddScoped<CaptureCharge>();
        builder.Services.AddScoped<VoidCharge>();
        builder.Services.AddScoped<RefundCharge>();
        builder.Services.AddScoped<FindCharges>();
    }
}
