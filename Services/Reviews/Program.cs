using Shop.Catalog.V1;
using Shop.GrpcClients;
using Shop.Members.V1;
using Shop.Messaging;
using Shop.Ordering.V1;
using Shop.Persistence;
using Shop.Protos;
using Shop.Reviews;
using Shop.Reviews.Authors;
using Shop.Reviews.Received;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Paging;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddPageTokens();
builder.AddDatabase<ReviewsDb>("reviews");
builder.AddMessaging<ReviewsDb>(messaging => messaging
    .Publishes(Topics.Ratings)
    .Handles<OrderDelivered, FollowDeliveries>()
    .Handles<MemberRegistered, FollowMembers>());
builder.AddGrpcClient<CatalogService.CatalogServiceClient>("catalog", catalog => catalog.Reads("GetProducts"));
builder.Services.AddFeatures();
builder.AddReviewsWarmUp();

var app = builder.Build();

app.MapServiceDefaults();
app.MapGrpcService<ReviewsService>();
app.MapOperations();

app.Run();
