using Grpc.Core;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.Shipping.Tests.Running;
using Shop.Shipping.V1;

namespace Shop.Shipping.Tests.Shipments;

public sealed class GetShipmentsTests(RunningShipping shipping) : IClassFixture<RunningShipping>
{
    [Fact]
    public async Task A_member_sees_the_own_shipments_and_an_operator_all()
    {
        var member = Guid.CreateVersion7();
        var (mine, other) = (await shipping.ShipmentAsync(member), await shipping.ShipmentAsync());
        var request = new GetShipmentsRequest { OrderIds = { mine.ToString(), other.ToString(), Guid.CreateVersion7().ToString() } };

        Assert.Equal([mine.ToString()], (await shipping.Client(shipping.Tokens.Member(member)).GetShipmentsAsync(request)).Shipments.Select(shipment => shipment.OrderId));
        Assert.Equal(2, (await shipping.AsOperator.GetShipmentsAsync(request)).Shipments.Count);
    }

    [Fact]
    public async Task Between_1_and_100_orders_are_asked_for()
    {
        var tooMany = Enumerable.Range(0, 101).Select(_ => Guid.CreateVersion7().ToString());

        await Answers.FailsAsync(StatusCode.InvalidArgument, async () => await shipping.AsOperator.GetShipmentsAsync(new()));
        await Answers.FailsAsync(StatusCode.InvalidArgument, async () => await shipping.AsOperator.GetShipmentsAsync(new() { OrderIds = { tooMany } }));
        await Answers.FailsAsync(StatusCode.InvalidArgument, async () => await shipping.AsOperator.GetShipmentsAsync(new() { OrderIds = { "no id" } }));
        Assert.Empty((await shipping.AsOperator.GetShipmentsAsync(new() { OrderIds = { tooMany.Take(100) } })).Shipments);
    }

    [Fact]
    public async Task The_list_of_one_state_is_paged_newest_first()
    {
        var orders = new List<Guid>();
        for (var i = 0; i < 5; i++)
            orders.Add(await shipping.ShipmentAsync());
        foreach (var order in orders)
            await shipping.DispatchAsync(order);

        var seen = new List<string>();
        var request = new ListShipmentsRequest { State = "dispatched", PageSize = 2 };
        do
        {
            var page = await shipping.AsOperator.ListShipmentsAsync(request);
            Assert.All(page.Shipments, shipment => Assert.Equal("dispatched", shipment.Status));
            seen.AddRange(page.Shipments.Select(shipment => shipment.OrderId));
            // With a token the state may be left out.
            request = new() { PageSize = 2, PageToken = page.NextPageToken };
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(orders.AsEnumerable().Reverse().Select(order => order.ToString()), seen);
    }

    [Fact]
    public async Task A_state_or_a_token_that_is_none_is_refused()
    {
        await shipping.ShipmentAsync();
        await shipping.ShipmentAsync();
        var token = (await shipping.AsOperator.ListShipmentsAsync(new() { State = "created", PageSize = 1 })).NextPageToken;
        Assert.NotEmpty(token);

        await Answers.FailsAsync(StatusCode.InvalidArgument, async () => await shipping.AsOperator.ListShipmentsAsync(new() { State = "lost" }));
        await Answers.FailsAsync(StatusCode.InvalidArgument, async () => await shipping.AsOperator.ListShipmentsAsync(new() { PageToken = "x" }));
        await Answers.FailsAsync(StatusCode.InvalidArgument, async () => await shipping.AsOperator.ListShipmentsAsync(new() { State = "failed", PageToken = token }));
        await Answers.FailsAsync(StatusCode.InvalidArgument, async () => await shipping.AsOperator.ListShipmentsAsync(new() { PageSize = 101 }));
    }

    [Fact]
    public async Task A_list_names_its_bad_parameters()
    {
        foreach (var token in new[] { "\0", "AAAA", new string('A', 7500) })
        {
            var request = new ListShipmentsRequest { State = "lost", PageSize = 101, PageToken = token };

            var failure = await Assert.ThrowsAsync<RpcException>(() => shipping.AsOperator.ListShipmentsAsync(request).ResponseAsync);

            Assert.Equal((StatusCode.InvalidArgument, "pageSize pageToken state"), (failure.StatusCode, string.Join(' ', failure.FieldErrors().Keys.Order(StringComparer.Ordinal))));
        }
    }
}
