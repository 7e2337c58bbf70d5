var builder = DistributedApplication.CreateBuilder(args);
builder.RunsAlone();                                   // one shop at a time on one folder of data

var postgres = builder.AddShopPostgres();              // containers, embedded or external: Infrastructure/
var kafka = builder.AddShopKafka();
var tokens = builder.AddTokenAuthority();              // issuer, generated secrets, the clients that may request service tokens

var members = builder.AddService<Projects.Members>("members").Owns(postgres).Speaks(kafka)
    .Issues(tokens).WithIconName("PersonAccounts");
var inventory = builder.AddService<Projects.Inventory>("inventory").Owns(postgres).Speaks(kafka)
    .Trusts(tokens).WithIconName("BoxMultiple");
var catalog = builder.AddService<Projects.Catalog>("catalog").Owns(postgres).Speaks(kafka)
    .Trusts(tokens).WithIconName("BookSearch");

var coupons = builder.AddService<Projects.Coupons>("coupons").Owns(postgres).Speaks(kafka)
    .Trusts(tokens).WithIconName("TicketDiagonal");

var basket = builder.AddService<Projects.Basket>("basket").Owns(postgres).Speaks(kafka)
    .Trusts(tokens).Calls(catalog).WithIconName("ShoppingBag");

var shipping = builder.AddService<Projects.Shipping>("shipping").Owns(postgres).Speaks(kafka)
    .Trusts(tokens).WithCourier().WithIconName("VehicleTruck");

var reviews = builder.AddService<Projects.Reviews>("reviews").Owns(postgres).Speaks(kafka)
    .Trusts(tokens).Calls(catalog).WithIconName("Star");

var notifications = builder.AddService<Projects.Notifications>("notifications").Owns(postgres).Speaks(kafka)
    .Trusts(tokens).SendsMail().WithIconName("Alert");

var history = builder.AddService<Projects.OrderHistory>("order-history").Owns(postgres).Speaks(kafka)
    .Trusts(tokens).WithIconName("History");

var provider = builder.AddPaymentProvider<Projects.PaymentProvider>("payment-provider").Owns(postgres);
var payments = builder.AddService<Projects.Payments>("payments", replicas: 2).Owns(postgres).Speaks(kafka)
    .Trusts(tokens).PaysThrough(provider).WithIconName("Payment");
var ordering = builder.AddService<Projects.Ordering>("ordering", replicas: 2).Owns(postgres).Speaks(kafka)
    .Trusts(tokens).Calls(basket, catalog, inventory, coupons, payments, shipping).WithIconName("Cart");

var gateway = builder.AddGateway<Projects.Gateway>("gateway")
    .Trusts(tokens).Calls(basket, catalog, members, inventory, coupons, ordering, payments, reviews, shipping, notifications, history);

provider.SendsWebhooksTo(gateway);

var storefront = builder.AddStorefront<Projects.Storefront>("storefront").Owns(postgres)
    .Trusts(tokens).Calls(gateway);
var console = builder.AddConsole<Projects.Console>("console").Owns(postgres)
    .Trusts(tokens).Calls(gateway);

builder.AddOperatorCommands(gateway, tokens);          // import products, check consistency, restart with empty data
builder.RestartCrashed();                              // as Kubernetes does
builder.KeepInfo(gateway, storefront, console, provider, tokens, postgres, kafka);  // ./shop info

builder.Build().Run();
