using Shop.Coupons;
using Shop.Coupons.Redemptions;
using Shop.Coupons.Welcome;
using Shop.Members.V1;
using Shop.Messaging;
using Shop.Persistence;
using Shop.Protos;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Paging;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddPageTokens();
builder.AddDatabase<CouponsDb>("coupons");
builder.AddMessaging<CouponsDb>(messaging => messaging
    .Publishes(Topics.Coupons)
    .Handles<MemberRegistered, IssueWelcomeCoupon>());
builder.AddWelcomeCoupons();
builder.AddRedemptions();
builder.Services.AddFeatures();
builder.AddCouponsWarmUp();

var app = builder.Build();

app.MapServiceDefaults();
app.MapGrpcService<CouponsService>();
app.MapOperations();

app.Run();
