using Shop.Messaging;
using Shop.Payments;
using Shop.Payments.Intents;
using Shop.Payments.Provider;
using Shop.Payments.Reconciliation;
using Shop.Persistence;
using Shop.Protos;
using Shop.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddDatabase<PaymentsDb>("payments");
builder.AddMessaging<PaymentsDb>(messaging => messaging.Publishes(Topics.Payments));
builder.AddProvider();
builder.AddIntents();
builder.AddReconciliation();
builder.Services.AddFeatures();
builder.AddPaymentsWarmUp();

var app = builder.Build();

app.MapServiceDefaults();
app.MapGrpcService<PaymentsService>();
app.MapOperations();

app.Run();
