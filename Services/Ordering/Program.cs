using Shop.Basket.V1;
using Shop.Catalog.V1;
using Shop.Coupons.V1;
using Shop.GrpcClients;
using Shop.Inventory.V1;
using Shop.Messaging;
using Shop.Ordering;
using Shop.Ordering.Checkout;
using Shop.Ordering.Refunds;
using Shop.Ordering.Shipments;
using Shop.Payments.V1;
using Shop.Persistence;
using Shop.Protos;
using Shop.Sagas;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Paging;
using Shop.Shipping.V1;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddPageTokens();
builder.AddDatabase<OrderingDb>("ordering");
builder.AddMessaging<OrderingDb>(messaging => messaging
    .Publishes(Topics.Orders)
    .Handles<ShipmentDispatched, FollowShipment>()
    .Handles<ShipmentDelivered, FollowShipment>()
    .Handles<ShipmentFailed, FollowShipment>());
builder.AddSagas(sagas => sagas.Runs<CheckoutSaga>().Runs<RefundSaga>());
builder.AddGrpcClient<CatalogService.CatalogServiceClient>("catalog", catalog => catalog.Reads("GetProducts"));
builder.AddGrpcClient<BasketService.BasketServiceClient>("basket", basket => basket.Reads("GetBasketForOrder"));
builder.AddGrpcClient<InventoryService.InventoryServiceClient>("inventory", inventory => inventory
    .Idempotent("Reserve", "Confirm", "Release", "Restock"));
builder.AddGrpcClient<CouponsService.CouponsServiceClient>("coupons", coupons => coupons
    .Reads("Quote").Idempotent("Reserve", "Redeem", "Restore"));
builder.AddGrpcClient<PaymentsService.PaymentsServiceClient>("payments", payments => payments.Timeout = TimeSpan.FromSeconds(10));
builder.AddGrpcClient<ShippingService.ShippingServiceClient>("shipping", shipping => shipping.Idempotent("CallOff"));
builder.AddCheckout();
builder.Services.AddFeatures();
builder.AddOrderingWarmUp();

var app = builder.Build();

app.MapServiceDefaults();
app.MapGrpcService<OrderingService>();
app.MapOperations();

app.Run();
