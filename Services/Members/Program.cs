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
using Shop.ServiceDefaults.Configuration;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddValidatedOptions<IssuingOptions>("Tokens");
builder.AddValidatedOptions<SigningKeyOptions>("SigningKeys");
builder.AddValidatedOptions<RefreshOptions>("Sessions");
builder.AddValidatedOptions<LimitOptions>("Limits");
builder.AddValidatedOptions<OperatorOptions>("Operator");
builder.AddDatabase<MembersDb>("members");
builder.AddMessaging<MembersDb>(messaging => messaging.Publishes(Topics.Members));
builder.Services.AddFeatures();
builder.AddMembersWarmUp();

var app = builder.Build();

app.MapServiceDefaults();
app.MapGrpcService<MembersService>();
app.MapOperations();
app.MapJwks();

app.Run();
