using Shop.Coupons.V1;
using Shop.Members.V1;
using Shop.Messaging;
using Shop.Notifications;
using Shop.Notifications.Events;
using Shop.Notifications.Mails;
using Shop.Notifications.Notices;
using Shop.Ordering.V1;
using Shop.Payments.V1;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Paging;
using Shop.Shipping.V1;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddPageTokens();
builder.AddNotices();
builder.AddDatabase<NotificationsDb>("notifications");
builder.AddMessaging<NotificationsDb>(messaging => messaging
    .Handles<MemberRegistered, WelcomeMember>()
    .Handles<CouponIssued, NotifyOfCoupon>()
    .Handles<OrderConfirmed, NotifyOfOrder>()
    .Handles<OrderRejected, NotifyOfOrder>()
    .Handles<OrderCancelled, NotifyOfOrder>()
    .Handles<OrderDelivered, NotifyOfOrder>()
    .Handles<ShipmentDispatched, NotifyOfOrder>()
    .Handles<PaymentRefunded, NotifyOfOrder>());
builder.AddMail();
builder.Services.AddFeatures();
builder.AddNotificationsWarmUp();

var app = builder.Build();

app.MapServiceDefaults();
app.MapGrpcService<NotificationsService>();
app.MapOperations();

app.Run();
