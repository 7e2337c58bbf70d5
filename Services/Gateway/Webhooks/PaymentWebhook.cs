using Google.Protobuf;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shop.Gateway.Input;
using Shop.Gateway.OpenApi;
using Shop.Payments.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;

namespace Shop.Gateway.Webhooks;

/// <summary>The payment provider's events. Passed on byte by byte: only Payments knows the provider, its secret and its words.</summary>
internal static class PaymentWebhook
{
    private const int LongestSignature = 1000;

    public static void MapPaymentWebhook(this WebApplication app) =>
        app.MapPost("/webhooks/payments", ReceiveAsync).AllowAnyone()
            .WithTags("Webhooks").WithName("receivePaymentEvent").WithSummary("An event of the payment provider, signed by it.").Answers(400, 401, 413);

    private static async Task<NoContent> ReceiveAsync(
        [FromHeader(Name = "Signature")] string? signature, HttpRequest http, PaymentsService.PaymentsServiceClient payments, CancellationToken cancel)
    {
        if (signature is not { Length: > 0 and <= LongestSignature })
            throw new UnauthenticatedException("The header Signature is missing or too long.", "bad_signature");

        var body = await JsonBody.ReadBytesAsync(http, cancel);
        await payments.ReceiveWebhookAsync(new() { Body = UnsafeByteOperations.UnsafeWrap(body), Signature = signature }, cancellationToken: cancel);
        return TypedResults.NoContent();
    }
}
