using System.Text.Json;
using Microsoft.Extensions.Options;
using Shop.PaymentProvider.Charges;
using Shop.PaymentProvider.Database;

namespace Shop.PaymentProvider.Webhooks;

/// <summary>The outbox of webhooks. An event's row is written in the transaction that it reports.</summary>
internal sealed class WebhookOutbox(ProviderDb db, IOptions<ProviderOptions> options, TimeProvider clock)
{
    public void Add(string type, ChargeView charge)
    {
        if (options.Value.Webhooks.Url is null)
            return;

        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        db.Webhooks.Add(new Webhook
        {
            Id = id,
            Body = JsonSerializer.Serialize(new ProviderEvent($"evt_{id:N}", type, now, charge), JsonSerializerOptions.Web),
            DueAt = now,
            CreatedAt = now,
        });
    }

    private sealed record ProviderEvent(string Id, string Type, DateTimeOffset CreatedAt, ChargeView Charge);
}
