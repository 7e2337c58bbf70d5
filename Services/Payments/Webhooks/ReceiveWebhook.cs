using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Payments.Provider;
using Shop.Payments.Reconciliation;
using Shop.Payments.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Payments.Webhooks;

/// <summary>
/// A webhook reports a change of a charge. Its signature is checked; its content may be out of date, so the charge is queried. Only changes that are not recorded
/// yet need that: those made at the provider, and those whose answer was lost.
/// </summary>
internal sealed partial class ReceiveWebhook(
    PaymentsDb db, ReconcileIntent reconcile, IOptions<ProviderOptions> options, TimeProvider clock, ILogger<ReceiveWebhook> logger)
{
    public async Task<ReceiveWebhookResponse> HandleAsync(ReceiveWebhookRequest request, CancellationToken cancel)
    {
        var provider = options.Value;
        var signed = WebhookSignature.TimeOf(request.Signature, request.Body.Span, provider.WebhookSecret);
        var difference = (signed - clock.GetUtcNow())?.Duration();
        // A wrong signature is not logged, as anyone can send one. A wrong time is: until the clocks agree, every webhook of the provider is refused.
        if (difference > provider.WebhookTolerance)
            LogOutsideTolerance(signed, (long)difference.Value.TotalSeconds, (long)provider.WebhookTolerance.TotalSeconds);
        if (signed is null || difference > provider.WebhookTolerance)
            throw new UnauthenticatedException("The signature is wrong or too old.", "bad_signature");

        if (Read(request.Body.Span) is not { } @event)
        {
            // Signed by the provider, so it is a new kind of event. A redelivery would not change that.
            LogUnknownEvent();
            return new ReceiveWebhookResponse();
        }

        try
        {
            if (ProviderKeys.OrderOf(@event.Charge.IdempotencyKey) is { } orderId && await IsNewAsync(@event, orderId, cancel))
            {
                await reconcile.HandleAsync(orderId, cancel);
                await RecordAsync(@event.Id, cancel);
            }
        }
        catch (OutcomeUnknownException failure)
        {
            // Not acknowledged, so the provider sends it again.
            throw new UnavailableException(failure.Message, reason: "provider_unavailable");
        }

        return new ReceiveWebhookResponse();
    }

    private async Task<bool> IsNewAsync(ProviderEvent @event, Guid orderId, CancellationToken cancel)
    {
        // Without an intent the authorisation is still running, or will be repeated: there is nothing to reconcile yet.
        var intent = await db.Intents.AsNoTracking().SingleOrDefaultAsync(intent => intent.OrderId == orderId, cancel);
        return intent is not null && !intent.HasRecorded(@event.Charge.ToCharge())
            && !await db.SeenWebhooks.AnyAsync(webhook => webhook.EventId == @event.Id, cancel);
    }

    private Task<int> RecordAsync(string eventId, CancellationToken cancel) => db.Database.ExecuteSqlAsync(
        $"insert into seen_webhooks (event_id, seen_at) values ({eventId}, {clock.GetUtcNow()}) on conflict do nothing", cancel);

    /// <returns>Null if it is not a known event of a charge.</returns>
    private static ProviderEvent? Read(ReadOnlySpan<byte> body)
    {
        var json = Parse(body);
        try
        {
            return json.Deserialize<ProviderEvent>(JsonSerializerOptions.Web) is { Id.Length: >= 1 and <= 100, Charge: { Id: not null, Status: not null } } @event
                ? @event
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            // Duplicate fields are ambiguous.
            var json = JsonElement.Parse(body, new() { AllowDuplicateProperties = false });
            if (json.ValueKind == JsonValueKind.Object)
                return json;
        }
        catch (JsonException)
        {
            // Reported below, without the parser's message.
        }

        throw new InvalidException("body", "is not an event of the payment provider");
    }

    [LoggerMessage(LogLevel.Warning, "A webhook of the provider is not a known event of a charge; it is acknowledged and ignored")]
    private partial void LogUnknownEvent();

    [LoggerMessage(LogLevel.Warning, "A webhook of the provider was refused: signed at {SignedAt}, {Difference} s from this service's clock, more than {Tolerance} s; it is a replay, or a clock is wrong")]
    private partial void LogOutsideTolerance(DateTimeOffset? signedAt, long difference, long tolerance);
}
