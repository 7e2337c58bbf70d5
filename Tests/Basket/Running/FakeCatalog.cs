using System.Collections.Concurrent;
using Grpc.Core;
using Shop.Catalog.V1;
using static Shop.Catalog.V1.CatalogService;

namespace Shop.Basket.Tests.Running;

/// <summary>Sells every product, until a test says otherwise.</summary>
public sealed class FakeCatalog : CatalogServiceClient
{
    private readonly ConcurrentDictionary<Guid, bool> _unknown = [];
    private readonly ConcurrentDictionary<Guid, bool> _discontinued = [];

    public Guid Unknown()
    {
        var product = Guid.CreateVersion7();
        _unknown[product] = true;
        return product;
    }

    public void Discontinue(Guid product) => _discontinued[product] = true;

    public override AsyncUnaryCall<GetProductsResponse> GetProductsAsync(
        GetProductsRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default)
    {
        var known = request.ProductIds.Select(Guid.Parse).Where(id => !_unknown.ContainsKey(id));
        var answer = new GetProductsResponse { Products = { known.Select(id => new Product { Id = id.ToString(), Discontinued = _discontinued.ContainsKey(id) }) } };
        return new(Task.FromResult(answer), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
    }
}
