using Shop.PaymentProvider;
using Shop.PaymentProvider.Charges;
using Shop.PaymentProvider.Database;
using Shop.PaymentProvider.Faults;
using Shop.PaymentProvider.Ledger;
using Shop.PaymentProvider.Movements;
using Shop.PaymentProvider.Webhooks;
using Shop.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults(defaults => defaults.ChecksTokens = false);   // a third party, with API keys instead of the shop's tokens
builder.AddProviderOptions();
builder.AddProviderDb();
builder.AddCharges();
builder.AddFaults();
builder.AddWebhooks();

var app = builder.Build();

app.MapServiceDefaults();
app.MapCharges();
app.MapMovements();
if (!app.Environment.IsProduction())
{
    app.MapLedger();
    app.MapFaults();
}

app.Run();
