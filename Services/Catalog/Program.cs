using Shop.Catalog;
using Shop.Catalog.Caching;
using Shop.Catalog.Images;
using Shop.Catalog.Imports;
using Shop.Catalog.Ratings;
using Shop.Catalog.Seed;
using Shop.Catalog.Stock;
using Shop.Inventory.V1;
using Shop.Messaging;
using Shop.Persistence;
using Shop.Protos;
using Shop.Reviews.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Paging;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddPageTokens();
builder.AddDatabase<CatalogDb>("catalog", plansByValue: true);
builder.AddMessaging<CatalogDb>(messaging => messaging
    .Publishes(Topics.Products)
    .Handles<StockChanged, FollowStock>()
    .Handles<RatingChanged, FollowRatings>());
builder.AddCache();
builder.AddImport();
builder.AddSeed();
builder.Services.AddFeatures();
builder.AddCatalogWarmUp();

var app = builder.Build();

app.MapServiceDefaults();
app.MapGrpcService<CatalogService>();
app.MapOperations();
app.MapImages();

app.Run();
