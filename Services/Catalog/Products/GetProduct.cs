using Shop.Catalog.V1;
using Shop.ServiceDefaults;

namespace Shop.Catalog.Products;

public sealed class GetProduct(ProductViews views)
{
    public async Task<GetProductResponse> HandleAsync(GetProductRequest request, CancellationToken cancel) =>
        Guid.TryParse(request.ProductId, out var id)
            ? new() { Product = await views.GetAsync(id, request.Language, cancel) }
            : throw new NotFoundException("No such product.");
}
