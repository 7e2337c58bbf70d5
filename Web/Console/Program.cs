using Shop.Console;
using Shop.Console.Comparisons;
using Shop.Console.DeadLetters;
using Shop.Console.Errors;
using Shop.Console.Home;
using Shop.Console.Imports;
using Shop.Console.Layout;
using Shop.Console.Orders;
using Shop.Console.Products;
using Shop.Console.Rebuilds;
using Shop.Console.Reconciliation;
using Shop.Console.Sagas;
using Shop.Console.Shipments;
using Shop.Console.SignIn;
using Shop.Console.Tracing;
using Shop.Design;
using Shop.Design.Assets;
using Shop.Design.Errors;
using Shop.Design.Sessions;
using Shop.Persistence;
using Shop.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

// Browsers have a session, not a token; the gateway checks the tokens of the calls that are made for them.
builder.AddServiceDefaults(defaults => defaults.ChecksTokens = false);
builder.AddDesign(typeof(ConsoleDb).Assembly);
builder.AddDatabase<ConsoleDb>("console");
builder.AddSessions<ConsoleDb>("console");
// The gateway waits for operators' calls for 30 s.
builder.AddGatewayClient(TimeSpan.FromSeconds(35));
builder.AddTracing();
builder.Services.AddFeatures();
builder.AddConsoleWarmUp();

var app = builder.Build();

app.MapServiceDefaults();
app.UsePages<ErrorPage>(OperatorPages.Check);
app.MapHome();
app.MapSagas();
app.MapDeadLetters();
app.MapOrders();
app.MapShipments();
app.MapProducts();
app.MapImport();
app.MapReconciliation();
app.MapComparisons();
app.MapRebuild();
app.MapSignIn();
app.MapAssets();

app.Run();
