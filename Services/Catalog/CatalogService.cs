using Grpc.Core;
using Shop.Catalog.Categories;
using Shop.Catalog.Imports;
using Shop.Catalog.Listing;
using Shop.Catalog.Products;
using Shop.Catalog.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.Catalog;

/// <summary>The gRPC API: each call goes to its feature and declares who may call it.</summary>
internal sealed class CatalogService(
    ListProducts listProducts, GetProduct getProduct, GetProducts getProducts, ListCategories listCategories,
    CreateProduct createProduct, UpdateProduct updateProduct, DiscontinueProduct discontinueProduct, ImportProducts importProducts)
    : V1.CatalogService.CatalogServiceBase
{
    [AllowServices("gateway"), AllowMembers]
    public override Task<ListProductsResponse> ListProducts(ListProductsRequest request, ServerCallContext context) =>
        listProducts.HandleAsync(request, context.CancellationToken);

    [AllowServices("gateway"), AllowMembers]
    public override Task<GetProductResponse> GetProduct(GetProductRequest request, ServerCallContext context) =>
        getProduct.HandleAsync(request, context.CancellationToken);

    [AllowServices("ordering", "basket", "reviews"), AllowMembers]
    public override Task<GetProductsResponse> GetProducts(GetProductsRequest request, ServerCallContext context) =>
        getProducts.HandleAsync(request, context.CancellationToken);

    [AllowServices("gateway"), AllowMembers]
    public override Task<ListCategoriesResponse> ListCategories(ListCategoriesRequest request, ServerCallContext context) =>
        listCategories.HandleAsync(request, context.CancellationToken);

    [AllowOperators]
    public override Task<CreateProductResponse> CreateProduct(CreateProductRequest request, ServerCallContext context) =>
        createProduct.HandleAsync(request, context.CancellationToken);

    [AllowOperators]
    public override Task<UpdateProductResponse> UpdateProduct(UpdateProductRequest request, ServerCallContext context) =>
        updateProduct.HandleAsync(request, context.CancellationToken);

    [AllowOperators]
    public override Task<DiscontinueProductResponse> DiscontinueProduct(DiscontinueProductRequest request, ServerCallContext context) =>
        discontinueProduct.HandleAsync(request, context.CancellationToken);

    [AllowOperators]
    public override Task<ImportProductsResponse> ImportProducts(ImportProductsRequest request, ServerCallContext context) =>
        importProducts.HandleAsync(request, context.CancellationToken);
}
