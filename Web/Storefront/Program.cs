using Shop.Design;
using Shop.Design.Assets;
using Shop.Design.Errors;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.Storefront;
using Shop.Storefront.Baskets;
using Shop.Storefront.Categories;
using Shop.Storefront.Checkout;
using Shop.Storefront.Coupons;
using Shop.Storefront.Errors;
using Shop.Storefront.Home;
using Shop.Storefront.Messages;
using Shop.Storefront.Orders;
using Shop.Storefront.Pictures;
using Shop.Storefront.Products;
using Shop.Storefront.Profile;
using Shop.Storefront.Reviews;
using Shop.Storefront.SignIn;
using Shop.Storefront.Site;

var builder = WebApplication.CreateBuilder(args);

// Browsers have a session, not a token; the gateway checks the tokens of the calls that are made for them.
builder.AddServiceDefaults(defaults => defaults.ChecksTokens = false);
builder.AddDesign(typeof(StorefrontDb).Assembly);
builder.AddDatabase<StorefrontDb>("storefront");
builder.AddSessions<StorefrontDb>("storefront");
builder.AddGatewayClient();
builder.Services.AddFeatures();
builder.AddStorefrontWarmUp();

var app = builder.Build();

app.MapServiceDefaults();
app.UsePages<ErrorPage>();
app.MapHome();
app.MapCategories();
app.MapProducts();
app.MapReviews();
app.MapBasket();
app.MapSignIn();
app.MapCheckout();
app.MapOrders();
app.MapCoupons();
app.MapMessages();
app.MapProfile();
app.MapSite();
app.MapPictures();
app.MapAssets();

app.Run();
