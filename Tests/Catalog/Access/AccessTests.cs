using Grpc.Core;
using Shop.Catalog.Tests.Running;

namespace Shop.Catalog.Tests.Access;

public sealed class AccessTests(RunningCatalog catalog)
{
    [Fact]
    public async Task Members_and_the_gateway_can_read()
    {
        foreach (var token in new[] { catalog.Tokens.Member(), catalog.Tokens.Operator(), catalog.Tokens.Service("gateway", "catalog") })
            Assert.NotEmpty((await catalog.Client(token).ListProductsAsync(new())).Products);
    }

    [Fact]
    public async Task Anonymous_callers_are_refused()
    {
        Assert.Equal(StatusCode.Unauthenticated, await StatusAsync(async () => await catalog.Client(null).ListProductsAsync(new())));
        Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(async () => await catalog.Client(catalog.Tokens.Service("payments", "catalog")).ListProductsAsync(new())));
    }

    [Fact]
    public async Task Only_operators_can_write()
    {
        foreach (var token in new[] { catalog.Tokens.Member(), catalog.Tokens.Service("gateway", "catalog"), catalog.Tokens.Service("ordering", "catalog") })
        {
            var client = catalog.Client(token);
            Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(async () => await client.CreateProductAsync(new())));
            Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(async () => await client.UpdateProductAsync(new())));
            Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(async () => await client.ImportProductsAsync(new())));
        }
    }

    private static async Task<StatusCode> StatusAsync(Func<Task> call) => (await Assert.ThrowsAsync<RpcException>(call)).StatusCode;
}
