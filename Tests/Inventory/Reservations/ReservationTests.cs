using Grpc.Core;
using Shop.Inventory.Tests.Running;
using Shop.Inventory.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Inventory.Tests.Reservations;

public sealed class ReservationTests(RunningInventory inventory)
{
    private readonly Guid _order = Guid.CreateVersion7();

    [Fact]
    public async Task A_confirmed_reservation_is_sold()
    {
        var product = await inventory.ProductAsync(10);

        await inventory.ReserveAsync(_order, (product, 4));
        Assert.Equal((10, 4, 3), await inventory.Database.StockAsync(product));
        await inventory.ConfirmAsync(_order);
        Assert.Equal((6, 0, 4), await inventory.Database.StockAsync(product));
        Assert.Equal("confirmed", await inventory.Database.StatusAsync(_order));
    }

    [Fact]
    public async Task Restocked_stock_is_on_hand_again()
    {
        var product = await inventory.ProductAsync(10);
        await inventory.ReserveAsync(_order, (product, 4));
        await inventory.ConfirmAsync(_order);

        await inventory.RestockAsync(_order);

        Assert.Equal((10, 0, 5), await inventory.Database.StockAsync(product));
        await Answers.RefusedAsync("released", () => inventory.ConfirmAsync(_order));
        await Answers.RefusedAsync("released", () => inventory.ReserveAsync(_order, (product, 4)));
        await inventory.ReleaseAsync(_order);       // a saga compensates both, Confirm and Reserve
        Assert.Equal((10, 0, 5), await inventory.Database.StockAsync(product));
    }

    [Fact]
    public async Task Every_command_may_be_repeated_also_concurrently()
    {
        var product = await inventory.ProductAsync(10);

        await TenTimesAsync(() => inventory.ReserveAsync(_order, (product, 4)));
        Assert.Equal((10, 4, 3), await inventory.Database.StockAsync(product));
        await TenTimesAsync(() => inventory.ConfirmAsync(_order));
        await inventory.ReserveAsync(_order, (product, 4));
        Assert.Equal((6, 0, 4), await inventory.Database.StockAsync(product));
        await TenTimesAsync(() => inventory.RestockAsync(_order));
        Assert.Equal((10, 0, 5), await inventory.Database.StockAsync(product));

        var other = Guid.CreateVersion7();
        await inventory.ReserveAsync(other, (product, 4));
        await TenTimesAsync(() => inventory.ReleaseAsync(other));
        Assert.Equal((10, 0, 7), await inventory.Database.StockAsync(product));
    }

    [Fact]
    public async Task A_repeated_order_must_be_the_same()
    {
        var product = await inventory.ProductAsync(10);
        await inventory.ReserveAsync(_order, (product, 4));

        var failure = await Assert.ThrowsAsync<RpcException>(() => inventory.ReserveAsync(_order, (product, 5)));
        Assert.Equal((StatusCode.AlreadyExists, "reservation_differs"), (failure.StatusCode, failure.Reason()));
    }

    [Fact]
    public async Task Restock_of_a_reservation_releases_it()
    {
        var product = await inventory.ProductAsync(10);
        await inventory.ReserveAsync(_order, (product, 4));
        await inventory.RestockAsync(_order);

        Assert.Equal((10, 0, 4), await inventory.Database.StockAsync(product));
        Assert.Equal("released", await inventory.Database.StatusAsync(_order));
    }

    [Fact]
    public async Task A_sale_is_not_released()
    {
        var product = await inventory.ProductAsync(10);
        await inventory.ReserveAsync(_order, (product, 4));
        await inventory.ConfirmAsync(_order);

        await Answers.RefusedAsync("confirmed", () => inventory.ReleaseAsync(_order));
        Assert.Equal((6, 0, 4), await inventory.Database.StockAsync(product));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reserve_after_its_compensation_is_refused(bool byRelease)
    {
        var product = await inventory.ProductAsync(10);
        await (byRelease ? inventory.ReleaseAsync(_order) : inventory.RestockAsync(_order));

        await Answers.RefusedAsync("released", () => inventory.ReserveAsync(_order, (product, 1)));
        await Answers.RefusedAsync("released", () => inventory.ConfirmAsync(_order));
        Assert.Equal((10, 0, 2), await inventory.Database.StockAsync(product));
    }

    [Fact]
    public async Task Concurrent_reserve_and_release_leave_nothing_reserved()
    {
        var product = await inventory.ProductAsync(1_000);
        await Task.WhenAll(Enumerable.Range(0, 50).SelectMany(_ =>
        {
            var order = Guid.CreateVersion7();
            return new[] { Answers.OfAsync(() => inventory.ReserveAsync(order, (product, 7))), Answers.OfAsync(() => inventory.ReleaseAsync(order)) };
        }));

        Assert.Equal((1_000, 0), await inventory.Database.StockAsync(product) is var (onHand, reserved, _) ? (onHand, reserved) : default);
    }

    [Fact]
    public Task An_unknown_order_cannot_be_confirmed() => Answers.RefusedAsync("reservation_expired", () => inventory.ConfirmAsync(_order));

    [Fact]
    public async Task Every_bad_field_is_named_at_once()
    {
        var twice = Guid.CreateVersion7().ToString();
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await inventory.Inventory.ReserveAsync(new()
        {
            OrderId = "nonsense",
            Lines =
            {
                new StockLine { ProductId = twice, Quantity = 1 },
                new StockLine { ProductId = twice, Quantity = 100 },
                new StockLine { ProductId = "", Quantity = 0 },
            },
            ExpiresIn = new() { Seconds = long.MaxValue },
        }));

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Equal(
            ["expiresIn", "lines[1].productId", "lines[1].quantity", "lines[2].productId", "lines[2].quantity", "orderId"],
            failure.FieldErrors().Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(51)]
    public async Task An_order_has_1_to_50_lines(int count)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => inventory.ReserveAsync(_order, [.. Enumerable.Range(0, count).Select(_ => (Guid.CreateVersion7(), 1))]));
        Assert.Equal(["lines"], failure.FieldErrors().Keys);
    }

    private static Task TenTimesAsync(Func<Task> call) => Task.WhenAll(Enumerable.Range(0, 10).Select(_ => call()));
}
