using Confluent.Kafka;
using Google.Protobuf;
using Shop.Shipping.Tests.Running;
using Shop.Shipping.V1;
using Shop.Testing;

namespace Shop.Shipping.Tests.Shipments;

public sealed class CreateShipmentTests(RunningShipping shipping) : IClassFixture<RunningShipping>
{
    [Fact]
    public async Task A_confirmed_order_gets_one_shipment_however_often_it_is_told_of()
    {
        var (order, member) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await shipping.First.ConfirmedAsync(order, member);
        await shipping.Second.ConfirmedAsync(order, member);

        var shipment = Assert.Single((await shipping.AsOperator.GetShipmentsAsync(new() { OrderIds = { order.ToString() } })).Shipments);
        Assert.Equal((order.ToString(), "created", 16), (shipment.OrderId, shipment.Status, shipment.TrackingNumber.Length));
        Assert.Equal(["ShipmentCreated"], await shipping.Database.EventsOfAsync(order));
        var created = ShipmentCreated.Parser.ParseFrom(await shipping.Database.PayloadAsync(order, "ShipmentCreated"));
        Assert.Equal((shipment.ShipmentId, member.ToString(), shipment.TrackingNumber), (created.ShipmentId, created.MemberId, created.TrackingNumber));
    }

    [Fact]
    public async Task Two_replicas_told_at_once_make_one_shipment()
    {
        var orders = Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7()).ToArray();

        await Task.WhenAll(orders.SelectMany(order => new[] { shipping.First.ConfirmedAsync(order), shipping.Second.ConfirmedAsync(order) }));

        Assert.Equal(20, (await shipping.Database.QueryAsync<Guid>("select id from shipments where order_id = any(@orders)", new { orders })).Count);
        foreach (var order in orders)
            Assert.Equal(["ShipmentCreated"], await shipping.Database.EventsOfAsync(order));
    }

    [Fact]
    public async Task The_event_on_the_topic_makes_the_shipment()
    {
        var order = Guid.CreateVersion7();
        using var producer = new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = shipping.Kafka.BootstrapServers }).Build();
        var headers = new Headers
        {
            { "ce_id", Guid.CreateVersion7().ToString().ToUtf8() }, { "ce_type", "shop.ordering.v1.OrderConfirmed".ToUtf8() },
            { "ce_source", "/shop/ordering".ToUtf8() }, { "ce_time", "2026-03-01T09:00:00Z".ToUtf8() }, { "ce_specversion", "1.0".ToUtf8() },
        };

        // Delivered twice.
        for (var i = 0; i < 2; i++)
            await producer.ProduceAsync("shop.orders.v1", new() { Key = order.ToString(), Value = Parcels.Confirmed(order).ToByteArray(), Headers = headers });

        await Eventually.TrueAsync(async () => await shipping.Database.StatusAsync(order) == "created", "the order has a shipment", TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Nothing_of_the_address_is_kept()
    {
        var order = await shipping.ShipmentAsync();

        var row = Assert.Single(await shipping.Database.QueryAsync<string>("select row_to_json(s)::text from shipments s where order_id = @order", new { order }));
        Assert.DoesNotContain("김하나", row, StringComparison.Ordinal);
        Assert.DoesNotContain("세종대로", row, StringComparison.Ordinal);
    }
}

internal static class Utf8
{
    public static byte[] ToUtf8(this string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
