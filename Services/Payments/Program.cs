using Shop.Messaging;
using Shop.Payments;
using Shop.Payments.Intents;
using Shop.Payments.Provider;
using Shop.Payments.Reconciliation;
using Shop.Persistence;
using Shop.Protos;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Configuration;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddValidatedOptions<AttemptOptions>(AttemptOptions.Section);
builder.AddValidatedOptions<ReconcileScheduleOptions>(ReconcileScheduleOptions.Section);
builder.AddValidatedOptions<ReconciliationOptions>(ReconciliationOptions.Section);
builder.AddDatabase<PaymentsDb>("payments");
builder.AddMessaging<PaymentsDb>(messaging => messaging.Publishes(Topics.Payments));
builder.AddProvider();
builder.Services.AddFeatures();
builder.AddPaymentsWarmUp();

var app = builder.Build();

app.MapServiceDefaults();
app.MapGrpcService<PaymentsService>();
app.MapOperations();

app.Run();
