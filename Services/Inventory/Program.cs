using Shop.Catalog.V1;
using Shop.Inventory;
using Shop.Inventory.Grouping;
using Shop.Inventory.Reservations;
using Shop.Inventory.Seed;
using Shop.Inventory.Stock;
using Shop.Messaging;
using Shop.Persistence;
using Shop.Protos;
using Shop.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddDatabase<InventoryDb>("inventory");
builder.AddMessaging<InventoryDb>(messaging => messaging
    .Publishes(Topics.Stock)
    .Handles<ProductAdded, OpenStock>());
builder.AddSeed();
builder.AddReservations();
builder.AddGrouping();
builder.Services.AddFeatures();
builder.AddInventoryWarmUp();

var app = builder.Build();

app.MapServiceDefaults();
app.MapGrpcService<InventoryService>();
app.MapOperations();

app.Run();
