using Microsoft.AspNetCore.Mvc;
using Shop.PaymentProvider.Faults;
using Shop.PaymentProvider.Idempotency;

namespace Shop.PaymentProvider.Charges;

internal static class ChargeApi
{
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
