using Shop.Members;
using Shop.Members.Accounts;
using Shop.Members.Keys;
using Shop.Members.Limits;
using Shop.Members.Sessions;
using Shop.Members.Tokens;
using Shop.Messaging;
using Shop.Persistence;
using Shop.Protos;
using Shop.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddDatabase<MembersDb>("members");
builder.AddMessaging<MembersDb>(messaging => messaging.Publishes(Topics.Members));
builder.AddAccounts();
builder.AddKeys();
builder.AddLimits();
builder.AddSessions();
builder.AddTokens();
builder.Services.AddFeatures();
builder.AddMembersWarmUp();

var app = builder.Build();

app.MapServiceDefaults();
app.MapGrpcService<MembersService>();
app.MapOperations();
app.MapJwks();

app.Run();
