using Grpc.Core;
using Shop.Basket.Tests.Running;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Basket.Tests.Items;

public sealed class PutItemTests(RunningBasket basket)
{
    private readonly Guid _member = Guid.CreateVersion7();
    private readonly Guid _product = Guid.CreateVersion7();

    [Fact]
    public async Task A_quantity_is_set_and_not_added()
    {
        foreach (var quantity in new[] { 1, 99, 7, 7, 8 })
        {
            await basket.PutAsync(_member, _product, quantity);

            Assert.Equal([(_product, quantity)], await basket.ItemsAsync(_member));
        }
    }

    [Fact]
    public async Task Products_stay_in_the_order_in_which_they_were_put_in()
    {
        var products = Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7()).Reverse().ToList();
        foreach (var product in products)
            await basket.PutAsync(_member, product, 2);
        await basket.PutAsync(_member, products[0], 9);
        await basket.PutAsync(_member, products[1], 1);

        Assert.Equal(products, (await basket.ItemsAsync(_member)).ConvertAll(item => item.ProductId));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(100)]
    public async Task A_quantity_out_of_its_range_is_a_bad_field(int quantity)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => basket.PutAsync(_member, _product, quantity));

        Assert.Equal((StatusCode.InvalidArgument, "quantity"), (failure.StatusCode, Assert.Single(failure.FieldErrors()).Key));
    }

    [Fact]
    public async Task A_product_that_is_unknown_is_not_found()
    {
        await Answers.FailsAsync(StatusCode.NotFound, () => basket.PutAsync(_member, basket.Catalog.Unknown(), 1));
        await Answers.FailsAsync(StatusCode.NotFound, async () => await basket.As(_member).PutItemAsync(new() { ProductId = "x", Quantity = 1 }));
        Assert.Empty(await basket.ItemsAsync(_member));
    }

    [Fact]
    public async Task A_discontinued_product_is_refused_and_stays_if_it_was_there()
    {
        await basket.PutAsync(_member, _product, 2);
        basket.Catalog.Discontinue(_product);

        var failure = await Assert.ThrowsAsync<RpcException>(() => basket.PutAsync(_member, _product, 1));

        Assert.Equal((StatusCode.FailedPrecondition, "discontinued"), (failure.StatusCode, failure.Reason()));
        Assert.Equal([(_product, 2)], await basket.ItemsAsync(_member));
        await basket.As(_member).RemoveItemAsync(new() { ProductId = _product.ToString() });
        Assert.Empty(await basket.ItemsAsync(_member));
    }

    [Fact]
    public async Task A_basket_has_at_most_50_products()
    {
        var products = Enumerable.Range(0, 50).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var product in products)
            await basket.PutAsync(_member, product, 1);

        var failure = await Assert.ThrowsAsync<RpcException>(() => basket.PutAsync(_member, _product, 1));

        Assert.Equal((StatusCode.FailedPrecondition, "basket_full"), (failure.StatusCode, failure.Reason()));
        await basket.PutAsync(_member, products[^1], 99);
        await basket.As(_member).RemoveItemAsync(new() { ProductId = products[0].ToString() });
        await basket.PutAsync(_member, _product, 1);
        Assert.Equal([.. products[1..], _product], (await basket.ItemsAsync(_member)).ConvertAll(item => item.ProductId));
    }

    [Fact]
    public async Task What_is_not_there_is_removed_without_an_error()
    {
        var never = (await basket.As(_member).RemoveItemAsync(new() { ProductId = _product.ToString() })).Basket;
        await basket.PutAsync(_member, _product, 1);
        await basket.As(_member).RemoveItemAsync(new() { ProductId = _product.ToString() });
        var again = (await basket.As(_member).RemoveItemAsync(new() { ProductId = _product.ToString() })).Basket;

        Assert.Empty(never.Items);
        Assert.Empty(again.Items);
    }
}
