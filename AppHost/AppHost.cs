var builder = DistributedApplication.CreateBuilder(args);

var postgres = builder.AddShopPostgres();              // containers, embedded or external: Infrastructure/
var kafka = builder.AddShopKafka();
var tokens = builder.AddTokenAuthority();              // issuer, generated secrets, who may ask for service tokens

var members = builder.AddService<Projects.Members>("members").Owns(postgres).Speaks(kafka)
    .Issues(tokens);
var inventory = builder.AddService<Projects.Inventory>("inventory").Owns(postgres).Speaks(kafka)
    .Trusts(tokens);
var catalog = builder.AddService<Projects.Catalog>("catalog").Owns(postgres).Speaks(kafka)
    .Trusts(tokens);

var provider = builder.AddPaymentProvider<Projects.PaymentProvider>("payment-provider").Owns(postgres);
var payments = builder.AddService<Projects.Payments>("payments", replicas: 2).Owns(postgres).Speaks(kafka)
    .Trusts(tokens).PaysThrough(provider);
var ordering = builder.AddService<Projects.Ordering>("ordering", replicas: 2).Owns(postgres).Speaks(kafka)
    .Trusts(tokens).Calls(catalog, inventory, payments);

var gateway = builder.AddGateway<Projects.Gateway>("gateway")
    .Trusts(tokens).Calls(catalog, members, inventory, ordering, payments);

provider.SendsWebhooksTo(gateway);

builder.RestartCrashed();                              // as Kubernetes would do it
builder.KeepInfo(gateway, provider, tokens, postgres, kafka);  // ./shop info

builder.Build().Run();
