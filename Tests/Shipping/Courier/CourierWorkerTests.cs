using Microsoft.Extensions.Options;
using Shop.Shipping.Tests.Running;
using Shop.Testing;

namespace Shop.Shipping.Tests.Courier;

public sealed class CourierWorkerTests(RunningShipping shipping) : IClassFixture<RunningShipping>
{
    [Fact]
    public async Task With_an_automatic_pace_shipments_move_by_themselves()
    {
        var order = await shipping.ShipmentAsync();

        await shipping.StartReplicaAsync(("Courier:Pace", "Automatic"), ("Courier:DispatchAfter", "00:00:00"), ("Courier:DeliverAfter", "00:00:00"), ("Courier:Interval", "00:00:00.1"));

        await Eventually.TrueAsync(async () => await shipping.Database.StatusAsync(order) == "delivered", "it is delivered", TimeSpan.FromSeconds(20));
        Assert.Equal(["ShipmentCreated", "ShipmentDispatched", "ShipmentDelivered"], await shipping.Database.EventsOfAsync(order));
    }

    [Theory]
    [InlineData("Courier:Pace", "7")]
    [InlineData("Courier:DispatchAfter", "-00:00:01")]
    [InlineData("Courier:DeliverAfter", "31.00:00:00")]
    [InlineData("Courier:Interval", "00:00:00")]
    [InlineData("Courier:Batch", "0")]
    public async Task Settings_that_make_no_sense_keep_the_service_from_starting(string setting, string value)
    {
        await using var replica = shipping.Configure((setting, value));

        var failure = Assert.Throws<OptionsValidationException>(() => replica.Server);

        Assert.Contains($"'Courier' cannot be used: {setting.Split(':')[1]}", failure.Message, StringComparison.Ordinal);
    }
}
