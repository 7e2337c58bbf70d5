using Shop.Messaging;
using Shop.OrderHistory;
using Shop.OrderHistory.Figures;
using Shop.OrderHistory.Projection;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Paging;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddPageTokens();
builder.AddFigures();
builder.AddDatabase<OrderHistoryDb>("order-history");
builder.AddMessaging<OrderHistoryDb>(messaging => messaging.Named("order-history").ProjectsOrders());
builder.Services.AddFeatures();
builder.AddOrderHistoryWarmUp();

var app = builder.Build();

app.MapServiceDefaults();
app.MapGrpcService<OrderHistoryService>();
app.MapOperations();

app.Run();
