using Shop.Members;
using Shop.Members.Keys;
using Shop.Messaging;
using Shop.Persistence;
using Shop.Protos;
using Shop.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddDatabase<MembersDb>("members");
builder.AddMessaging<MembersDb>(messaging => messaging.Publishes(Topics.Members));
builder.AddFeatures();
builder.AddMembersWarmUp();

var app = builder.Build();

app.MapServiceDefaults();
app.MapGrpcService<MembersService>();
app.MapOperations();
app.MapJwks();

app.Run();
