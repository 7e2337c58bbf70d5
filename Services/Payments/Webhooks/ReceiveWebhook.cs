using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Payments.Provider;
using Shop.Payments.Reconciliation;
using Shop.Payments.V1;
using Shop.ServiceDefaults;

namespace Shop.Payments.Webhooks;

/// <summary>
/// The provider says that something happened to a charge. It is believed to be the provider, not to be up to date: what counts is looked up. News only for what
/// we did not ask for ourselves, or never got the answer to.
/// </summary>
internal sealed partial class ReceiveWebhook(
    PaymentsDb db, FollowProvider follow, IOptions<ProviderOptions> options, TimeProvider clock, ILogger<ReceiveWebhook> log)
{
    public async Task<ReceiveWebhookResponse> HandleAsync(ReceiveWebhookRequest request, CancellationToken cancel)
    {
        var provider = options.Value;
        var signed = WebhookSignature.TimeOf(request.Signature, request.Body.Span, provider.WebhookSecret);
        var away = (signed - clock.GetUtcNow())?.Duration();
        // Of a stranger there is nothing to say; of the provider there is: until the clocks agree, none of its webhooks count.
        if (away > provider.WebhookTolerance)
            LogUntimely(signed, (long)away.Value.TotalSeconds, (long)provider.WebhookTolerance.TotalSeconds);
        if (signed is null || away > provider.WebhookTolerance)
            throw new UnauthenticatedException("The signature is wrong or too old.", "bad_signature");

        if (Read(request.Body.Span) is not { } told)
        {
            // Signed, so it is the provider's: a kind of event that it did not have before. It would be the same if it were sent again.
            LogNotUnderstood();
            return new ReceiveWebhookResponse();
        }

        try
        {
            if (ProviderKeys.OrderOf(told.Charge.IdempotencyKey) is { } orderId && await IsNewsAsync(told, orderId, cancel))
            {
                await follow.HandleAsync(orderId, cancel);
                await RememberAsync(told.Id, cancel);
            }
        }
        catch (OutcomeUnknownException unknown)
        {
            // Not confirmed, so the provider sends it again.
            throw new UnavailableException(unknown.Message, reason: "provider_unavailable");
        }

        return new ReceiveWebhookResponse();
    }

    private async Task<bool> IsNewsAsync(ProviderEvent told, Guid orderId, CancellationToken cancel)
    {
        // An order without an intent is being authorised this moment, or will be asked for again: nothing that we could follow yet.
        var intent = await db.Intents.AsNoTracking().SingleOrDefaultAsync(intent => intent.OrderId == orderId, cancel);
        return intent is not null && !intent.Knows(told.Charge.ToCharge())
            && !await db.SeenWebhooks.AnyAsync(webhook => webhook.EventId == told.Id, cancel);
    }

    private Task<int> RememberAsync(string eventId, CancellationToken cancel) => db.Database.ExecuteSqlAsync(
        $"insert into seen_webhooks (event_id, seen_at) values ({eventId}, {clock.GetUtcNow()}) on conflict do nothing", cancel);

    /// <returns>Null if it does not tell of a charge in the way we know.</returns>
    private static ProviderEvent? Read(ReadOnlySpan<byte> body)
    {
        var json = Parse(body);
        try
        {
            return json.Deserialize<ProviderEvent>(JsonSerializerOptions.Web) is { Id.Length: >= 1 and <= 100, Charge: { Id: not null, Status: not null } } told
                ? told
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
            // Of a field that is given twice nobody knows which one counts.
            var json = JsonElement.Parse(body, new() { AllowDuplicateProperties = false });
            if (json.ValueKind == JsonValueKind.Object)
                return json;
        }
        catch (JsonException)
        {
            // Told below, without the parser's words.
        }

        throw new InvalidException("body", "is not an event of the payment provider");
    }

    [LoggerMessage(1, LogLevel.Warning, "The provider sent an event that tells of no charge in the way we know; it is confirmed and left at that.")]
    private partial void LogNotUnderstood();

    [LoggerMessage(2, LogLevel.Warning, "A webhook of the provider was refused: signed at {SignedAt}, {Away} s from this service's clock, more than {Tolerance} s. A replay, or a clock is wrong.")]
    private partial void LogUntimely(DateTimeOffset? signedAt, long away, long tolerance);
}
