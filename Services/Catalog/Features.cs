using Shop.Catalog.Categories;
using Shop.Catalog.Listing;
using Shop.Catalog.Products;

namespace Shop.Catalog;

internal static class Features
{
    public static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddScoped<ProductViews>()
        .AddScoped<CategoryViews>()
        .AddScoped<OrderedProducts>()
        .AddScoped<RankedProducts>()
        .AddScoped<ProductPages>()
        .AddScoped<ListProducts>()
        .AddScoped<GetProduct>()
        .AddScoped<GetProducts>()
        .AddScoped<ListCategories>()
        .AddScoped<CreateProduct>()
        .AddScoped<UpdateProduct>()
        .AddScoped<DiscontinueProduct>();
}
