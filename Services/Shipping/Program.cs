using Shop.Messaging;
using Shop.Ordering.V1;
using Shop.Persistence;
using Shop.Protos;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Paging;
using Shop.Shipping;
using Shop.Shipping.Courier;
using Shop.Shipping.Shipments;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddPageTokens();
builder.AddDatabase<ShippingDb>("shipping");
builder.AddMessaging<ShippingDb>(messaging => messaging
    .Publishes(Topics.Shipments)
    .Handles<OrderConfirmed, CreateShipment>());
builder.AddCourier();
builder.Services.AddFeatures();
builder.AddShippingWarmUp();

var app = builder.Build();

app.MapServiceDefaults();
app.MapGrpcService<ShippingService>();
app.MapOperations();

app.Run();
