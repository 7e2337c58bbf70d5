using System.Collections.Concurrent;
using Grpc.Core;
using Shop.Catalog.V1;
using static Shop.Catalog.V1.CatalogService;

namespace Shop.Reviews.Tests.Running;

/// <summary>Knows the products that a test has added.</summary>
public sealed class FakeCatalog : CatalogServiceClient
{
    private readonly ConcurrentDictionary<string, bool> _known = [];

    public Guid Add()
    {
        var product = Guid.CreateVersion7();
        _known[product.ToString()] = true;
        return product;
    }

    public override AsyncUnaryCall<GetProductsResponse> GetProductsAsync(
        GetProductsRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default)
    {
        var answer = new GetProductsResponse { Products = { request.ProductIds.Where(_known.ContainsKey).Select(id => new Product { Id = id }) } };
        return new(Task.FromResult(answer), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
    }
}
