using Grpc.Core;
using Shop.Inventory.Tests.Running;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Inventory.Tests.Stock;

public sealed class SetStockTests(RunningInventory inventory)
{
    [Fact]
    public async Task Stock_cannot_be_less_than_reserved()
    {
        var product = await inventory.ProductAsync(10);
        await inventory.ReserveAsync(Guid.CreateVersion7(), (product, 4));

        await Answers.RefusedAsync("below_reserved", () => SetAsync(product.ToString(), 3));
        await SetAsync(product.ToString(), 4);

        Assert.Equal((4, 4, 4), await inventory.Database.StockAsync(product));
    }

    [Fact]
    public async Task The_same_number_changes_nothing()
    {
        var product = await inventory.ProductAsync(10);
        await SetAsync(product.ToString(), 10);

        Assert.Equal((10, 0, 2), await inventory.Database.StockAsync(product));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_000_001)]
    public async Task On_hand_is_0_to_a_thousand_million(long onHand)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => SetAsync(Guid.CreateVersion7().ToString(), onHand));
        Assert.Equal(["onHand"], failure.FieldErrors().Keys);
    }

    [Theory]
    [InlineData("01900000-0000-7000-8000-000000000000")]
    [InlineData("nonsense")]
    public Task An_unknown_product_is_not_found(string product) => Answers.FailsAsync(StatusCode.NotFound, () => SetAsync(product, 1));

    [Fact]
    public Task A_new_product_without_a_stock_row_is_not_found_after_the_timeout() =>
        Answers.FailsAsync(StatusCode.NotFound, () => SetAsync(Guid.CreateVersion7().ToString(), 1));

    /// <summary>By how many minutes the clock that made the id is ahead of Inventory's.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task A_count_of_a_product_that_was_just_added_waits_for_its_stock_row(int minutes)
    {
        var product = Guid.CreateVersion7(TimeProvider.System.GetUtcNow().AddMinutes(minutes));
        var setting = SetAsync(product.ToString(), 7);
        await inventory.AddProductAsync(product);
        await setting;

        Assert.Equal((7, 0, 2), await inventory.Database.StockAsync(product));
    }

    [Fact]
    public async Task Counting_during_sales_loses_nothing()
    {
        var product = await inventory.ProductAsync(500);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => i % 4 == 0
            ? Answers.OfAsync(() => SetAsync(product.ToString(), 500 + i))
            : Answers.OfAsync(() => inventory.ReserveAsync(Guid.CreateVersion7(), (product, 2)))));

        var (_, reserved, version) = await inventory.Database.StockAsync(product);
        Assert.Equal(60, reserved);
        Assert.Equal(version, (await inventory.Database.PayloadsAsync(product, "StockChanged")).Count);
    }

    [Fact]
    public async Task A_count_from_before_a_sale_is_refused()
    {
        var product = await inventory.ProductAsync(10);
        var seen = await VersionAsync(product);
        var order = Guid.CreateVersion7();

        await inventory.ReserveAsync(order, (product, 4));
        await MovedAsync(product, 10, seen);
        var reserved = await VersionAsync(product);
        await inventory.ConfirmAsync(order);
        await MovedAsync(product, 10, reserved);

        await SetIfUnchangedAsync(product, 12, await VersionAsync(product));
        Assert.Equal((12, 0), ((await inventory.Database.StockAsync(product)).OnHand, (await inventory.Database.StockAsync(product)).Reserved));
    }

    [Fact]
    public async Task Of_many_counts_of_one_version_one_succeeds()
    {
        var product = await inventory.ProductAsync(10);
        var seen = await VersionAsync(product);

        var answers = await Task.WhenAll(Enumerable.Range(20, 20).Select(onHand => Answers.OfAsync(() => SetIfUnchangedAsync(product, onHand, seen))));

        Assert.Single(answers, "done");
        Assert.Equal(19, answers.Count(answer => answer == "AlreadyExists"));
    }

    [Fact]
    public async Task A_condition_without_a_version_is_refused()
    {
        var product = await inventory.ProductAsync(10);

        await Answers.FailsAsync(StatusCode.InvalidArgument, () => SetIfUnchangedAsync(product, 1));
        var failure = await Assert.ThrowsAsync<RpcException>(() => SetIfUnchangedAsync(product, -1, [.. Enumerable.Range(1, 101)]));
        Assert.Equal(["onHand", "versions"], failure.FieldErrors().Keys.Order(StringComparer.Ordinal));
        await Answers.FailsAsync(StatusCode.NotFound, () => SetIfUnchangedAsync(Guid.Parse("01900000-0000-7000-8000-000000000000"), 1, 1));
    }

    private async Task<long> VersionAsync(Guid product) => (await inventory.AsOperator.GetStockAsync(new() { ProductIds = { product.ToString() } })).Stock.Single().Version;

    private async Task SetIfUnchangedAsync(Guid product, long onHand, params long[] versions) =>
        await inventory.AsOperator.SetStockIfUnchangedAsync(new() { ProductId = product.ToString(), OnHand = onHand, Versions = { versions } });

    private async Task MovedAsync(Guid product, long onHand, long version)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => SetIfUnchangedAsync(product, onHand, version));
        Assert.Equal((StatusCode.AlreadyExists, "stock_moved"), (failure.StatusCode, failure.Reason()));
    }

    private async Task SetAsync(string product, long onHand) => await inventory.AsOperator.SetStockAsync(new() { ProductId = product, OnHand = onHand });
}
