using Shop.Gateway;
using Shop.Gateway.Basket;
using Shop.Gateway.Coupons;
using Shop.Gateway.Forwarding;
using Shop.Gateway.Limits;
using Shop.Gateway.Members;
using Shop.Gateway.MissedMessages;
using Shop.Gateway.Notifications;
using Shop.Gateway.OpenApi;
using Shop.Gateway.Operators;
using Shop.Gateway.Orders;
using Shop.Gateway.Products;
using Shop.Gateway.Reviews;
using Shop.Gateway.Webhooks;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Paging;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddPublicApiDefaults();
builder.AddUpstreams();
builder.AddPageTokens();
builder.AddOrderEvents();
builder.AddMemberLimit();
builder.AddForwarding();
builder.AddMessageComparison();
builder.AddOpenApiDocument();
builder.AddGatewayWarmUp();

var app = builder.Build();

app.MapServiceDefaults();
app.UseRateLimiter();
app.MapProducts();
app.MapReviews();
app.MapMembers();
app.MapCoupons();
app.MapBasket();
app.MapOrders();
app.MapNotifications();
app.MapOperators();
app.MapPaymentWebhook();
app.MapForwarding();
app.MapOpenApiDocument();
app.MapApiPage();

app.Run();
