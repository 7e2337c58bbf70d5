using Grpc.Core;
using Shop.Catalog.Tests.Running;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Catalog.Tests.Products;

public sealed class GetProductsTests(RunningCatalog catalog)
{
    [Fact]
    public async Task Unknown_ids_are_left_out_and_the_order_is_kept()
    {
        var first = await catalog.AddAsync("하나", "One");
        var second = await catalog.AddAsync("둘", "Two");

        var answer = await catalog.Client(catalog.Tokens.Service("ordering", "catalog")).GetProductsAsync(new() { ProductIds = { second.Id, "nonsense", Guid.CreateVersion7().ToString(), first.Id, second.Id } });

        Assert.Equal([second.Id, first.Id], answer.Products.Select(product => product.Id));
    }

    [Fact]
    public async Task More_than_100_are_too_many()
    {
        var ids = Enumerable.Range(0, 101).Select(_ => Guid.CreateVersion7().ToString());
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await catalog.Client(catalog.Tokens.Service("ordering", "catalog")).GetProductsAsync(new() { ProductIds = { ids } }));

        Assert.Equal(["productIds"], failure.FieldErrors().Keys);
    }

    [Theory]
    [InlineData("0199aaaa-0000-7000-8000-000000000000")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task An_unknown_product_is_not_found(string id)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await catalog.Catalog.GetProductAsync(new() { ProductId = id }));
        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
    }
}
