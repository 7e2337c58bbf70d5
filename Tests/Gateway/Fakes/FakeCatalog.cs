using Grpc.Core;
using Shop.Catalog.V1;

namespace Shop.Gateway.Tests.Fakes;

public sealed class FakeCatalog : CatalogService.CatalogServiceBase
{
    public Calls Calls { get; } = new();

    public static Product Product(string id) => new()
    {
        Id = id,
        Name = "무선 기계식 키보드",
        Description = "조용하다.",
        Category = new() { Id = "keyboards", Name = "키보드" },
        Price = new() { Amount = 129_900, Currency = "KRW" },
        ImageUrl = "/images/products/1.svg",
        Stock = new() { State = StockState.InStock, Available = 40 },
        Rating = new() { Count = 12, Average = 4.6 },
    };

    public override Task<GetProductResponse> GetProduct(GetProductRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new GetProductResponse { Product = Product(request.ProductId) });

    public override Task<GetProductsResponse> GetProducts(GetProductsRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new GetProductsResponse { Products = { request.ProductIds.Select(Product) } });

    public override Task<DiscontinueProductResponse> DiscontinueProduct(DiscontinueProductRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new DiscontinueProductResponse());

    public override Task<ListProductsResponse> ListProducts(ListProductsRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new ListProductsResponse { Products = { Product("0198c0de-0000-7000-8000-000000000001") }, NextPageToken = "next" });

    public override Task<ListCategoriesResponse> ListCategories(ListCategoriesRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new ListCategoriesResponse { Categories = { new Category { Id = "keyboards", Name = "키보드", ProductCount = 20 } } });

    public override Task<CreateProductResponse> CreateProduct(CreateProductRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new CreateProductResponse { Product = Product("0198c0de-0000-7000-8000-000000000002") });

    public override Task<UpdateProductResponse> UpdateProduct(UpdateProductRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new UpdateProductResponse { Product = Product(request.ProductId) });

    public override Task<ImportProductsResponse> ImportProducts(ImportProductsRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new ImportProductsResponse { Added = request.Products.Count });
}
