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
internal sealed class ReceiveWebhook(PaymentsDb db, FollowProvider follow, IOptions<ProviderOptions> options, TimeProvider clock)
{
    public async Task<ReceiveWebhookResponse> HandleAsync(ReceiveWebhookRequest request, CancellationToken cancel)
    {
        var provider = options.Value;
        if (!WebhookSignature.IsGood(request.Signature, request.Body.Span, provider.WebhookSecret, clock.GetUtcNow(), provider.WebhookTolerance))
            throw new UnauthenticatedException("The signature is wrong or too old.", "bad_signature");

        var told = Read(request.Body.Span);
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

    private static ProviderEvent Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var told = JsonSerializer.Deserialize<ProviderEvent>(body, JsonSerializerOptions.Web);
            if (told is { Id.Length: >= 1 and <= 100, Charge: { Id: not null, Status: not null } })
                return told;
        }
        catch (JsonException)
        {
            // Told below, without the parser's words.
        }

        throw new InvalidException("body", "is not an event of the payment provider");
    }
}
