using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shop.Payments.Tests.Running;
using Shop.Testing;

namespace Shop.Payments.Tests.Provider;

public sealed class WebhookDeliveryTests(RunningPayments running)
{
    [Fact]
    public async Task Changes_of_a_charge_are_delivered_with_a_signature()
    {
        var charge = await running.Provider.ChargeAsync("tok_ok");
        (await running.Provider.DoAsync(charge, "capture")).Dispose();

        await Eventually.TrueAsync(() => DeliveriesOf(charge.Id).Count() == 2, "both webhooks arrive");

        Assert.Equal(["charge.authorized", "charge.captured"], DeliveriesOf(charge.Id).Select(Type).Order());
        Assert.All(DeliveriesOf(charge.Id), IsSigned);
    }

    [Fact]
    public async Task A_webhook_that_is_not_acknowledged_is_delivered_again_with_a_new_signature()
    {
        running.Stubs.Answer = delivery => DeliveriesOf(Charge(delivery)).Count() < 3 ? 500 : 204;
        try
        {
            var charge = await running.Provider.ChargeAsync("tok_ok");

            await Eventually.TrueAsync(() => DeliveriesOf(charge.Id).Count() == 3, "it is delivered until it is confirmed");

            Assert.Single(DeliveriesOf(charge.Id).Select(delivery => Encoding.UTF8.GetString(delivery.Body)).Distinct());
            Assert.All(DeliveriesOf(charge.Id), IsSigned);
            Assert.True(DeliveriesOf(charge.Id).Select(delivery => delivery.Signature).Distinct().Count() > 1);
        }
        finally
        {
            running.Stubs.Answer = _ => 204;
        }
    }

    private IEnumerable<Delivery> DeliveriesOf(string chargeId) => running.Stubs.Deliveries.Where(delivery => Charge(delivery) == chargeId);

    private static string Charge(Delivery delivery) => JsonDocument.Parse(delivery.Body).RootElement.GetProperty("charge").GetProperty("id").GetString()!;

    private static string Type(Delivery delivery) => JsonDocument.Parse(delivery.Body).RootElement.GetProperty("type").GetString()!;

    // Computed from the contract, not with the provider's code.
    private static void IsSigned(Delivery delivery)
    {
        var time = delivery.Signature.Split(',')[0]["t=".Length..];
        var signed = Encoding.UTF8.GetBytes($"{time}.{Encoding.UTF8.GetString(delivery.Body)}");
        var mac = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secrets.Webhook), signed));
        Assert.Equal($"t={time},v1={mac}", delivery.Signature);
    }
}
