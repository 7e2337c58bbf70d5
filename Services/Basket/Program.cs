using Shop.Basket;
using Shop.Basket.Items;
using Shop.Catalog.V1;
using Shop.GrpcClients;
using Shop.Messaging;
using Shop.Ordering.V1;
using Shop.Persistence;
using Shop.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddDatabase<BasketDb>("basket");
builder.AddMessaging<BasketDb>(messaging => messaging
    .Handles<OrderConfirmed, RemoveBought>());
builder.AddGrpcClient<CatalogService.CatalogServiceClient>("catalog", catalog => catalog.Reads("GetProducts"));
builder.Services.AddFeatures();
builder.AddBasketWarmUp();

var app = builder.Build();

app.MapServiceDefaults();
app.MapGrpcService<BasketService>();
app.MapOperations();

app.Run();
