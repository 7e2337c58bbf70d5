using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Shop.PaymentProvider.Faults;
using Shop.PaymentProvider.Idempotency;
using Shop.PaymentProvider.Tokens;

namespace Shop.PaymentProvider.Charges;

internal static class ChargeApi
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

    public static void MapCharges(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/v1/charges"), charges => charges
            .UseMiddleware<FaultyNetwork>()
            .UseMiddleware<ApiKeyCheck>());

        var charges = app.MapGroup("/v1");

        charges.MapPost("/charges", (CreateChargeBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, CreateCharge create, CancellationToken cancel) =>
            create.HandleAsync(body, key, cancel));
        charges.MapPost("/charges/{id}/capture", (string id, [FromHeader(Name = IdempotencyKey.Header)] string? key, CaptureCharge capture, CancellationToken cancel) =>
            capture.HandleAsync(id, key, cancel));
        charges.MapPost("/charges/{id}/void", (string id, [FromHeader(Name = IdempotencyKey.Header)] string? key, VoidCharge @void, CancellationToken cancel) =>
            @void.HandleAsync(id, key, cancel));
        charges.MapPost("/charges/{id}/refunds", (string id, RefundChargeBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, RefundCharge refund, CancellationToken cancel) =>
            refund.HandleAsync(id, body, key, cancel));

        charges.MapGet("/charges", (string? idempotencyKey, FindCharges find, CancellationToken cancel) => find.ByKeyAsync(idempotencyKey, cancel));
        charges.MapGet("/charges/{id}", (string id, FindCharges find, CancellationToken cancel) => find.ByIdAsync(id, cancel));
    }
}
