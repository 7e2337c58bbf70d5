using Shop.Basket.V1;
using Shop.Catalog.V1;
using Shop.Coupons.V1;
using Shop.Gateway.Basket;
using Shop.Gateway.Operators.Imports;
using Shop.Gateway.Orders;
using Shop.Gateway.Products;
using Shop.Gateway.Reviews;
using Shop.GrpcClients;
using Shop.Inventory.V1;
using Shop.Members.V1;
using Shop.Messaging.V1;
using Shop.Notifications.V1;
using Shop.OrderHistory.V1;
using Shop.Ordering.V1;
using Shop.Payments.V1;
using Shop.Reviews.V1;
using Shop.ServiceDefaults;
using Shop.Shipping.V1;

namespace Shop.Gateway;

/// <summary>Whom the gateway calls. The member's own token goes along, so that every service decides for itself who may see what.</summary>
internal static class UpstreamExtensions
{
    public static void AddUpstreams(this WebApplicationBuilder builder)
    {
        builder.AddGrpcClient<CatalogService.CatalogServiceClient>("catalog", catalog =>
        {
            catalog.PassMemberToken = true;
            catalog.Reads("ListProducts", "GetProduct", "GetProducts", "ListCategories").Idempotent("DiscontinueProduct");
        });
        builder.AddGrpcClient<InventoryService.InventoryServiceClient>("inventory", inventory =>
        {
            inventory.PassMemberToken = true;
            inventory.Reads("GetStock").Idempotent("SetStock");
        });
        builder.AddGrpcClient<MembersService.MembersServiceClient>("members", members =>
        {
            members.PassMemberToken = true;
            // Passwords are hashed slowly, and in a rush one after the other.
            members.Timeout = TimeSpan.FromSeconds(15);
            // More than may wait there for a password hash: signed-in members are served while many others sign in.
            members.MaxConcurrentCalls = 200;
            members.Reads("GetProfile");
        });
        builder.AddGrpcClient<OrderingService.OrderingServiceClient>("ordering", ordering =>
        {
            ordering.PassMemberToken = true;
            // A long queue: being accepted after some seconds is better than a refusal. A waiting call costs a few kilobytes.
            ordering.MaxQueuedCalls = 2_000;
            ordering.QueueTimeout = TimeSpan.FromSeconds(20);
            // Twice as many as its replicas have database connections. More at once only make each call slower.
            ordering.MaxConcurrentCalls = 50;
            ordering.Timeout = TimeSpan.FromSeconds(10);
            // PlaceOrder carries the client's idempotency key: called twice, it answers twice and orders once.
            ordering.Reads("QuoteOrder", "GetOrder", "ListOrders", "ListSagas", "GetSaga", "CountOverdueSagas").Idempotent("PlaceOrder", "RetrySaga", "CompensateSaga");
        });
        builder.AddGrpcClient<CouponsService.CouponsServiceClient>("coupons", coupons =>
        {
            coupons.PassMemberToken = true;
            coupons.Reads("ListCoupons");
        });
        builder.AddGrpcClient<BasketService.BasketServiceClient>("basket", basket =>
        {
            basket.PassMemberToken = true;
            basket.Reads("GetBasket").Idempotent("PutItem", "RemoveItem");
        });
        builder.AddGrpcClient<NotificationsService.NotificationsServiceClient>("notifications", notifications =>
        {
            notifications.PassMemberToken = true;
            notifications.Reads("ListNotifications").Idempotent("MarkRead", "MarkAllRead");
        });
        builder.AddGrpcClient<PaymentsService.PaymentsServiceClient>("payments", payments =>
        {
            payments.PassMemberToken = true;
            payments.Reads("GetPayments", "GetReconciliation").Idempotent("ReceiveWebhook");
        });
        builder.AddGrpcClient<ShippingService.ShippingServiceClient>("shipping", shipping =>
        {
            shipping.PassMemberToken = true;
            shipping.Reads("GetShipments", "ListShipments").Idempotent("Dispatch", "Deliver", "Fail");
        });
        builder.AddGrpcClient<OrderHistoryService.OrderHistoryServiceClient>("order-history", history =>
        {
            history.PassMemberToken = true;
            history.Reads("GetOrder", "ListOrders", "FindOrders", "FindOrder", "GetFigures", "GetRebuild").Idempotent("CancelRebuild");
        });

        builder.AddGrpcClient<ReviewsService.ReviewsServiceClient>("reviews", reviews =>
        {
            reviews.PassMemberToken = true;
            reviews.Reads("ListReviews");
        });

        builder.AddGrpcClients<OperationsService.OperationsServiceClient>("operations", ["basket", "catalog", "coupons", "inventory", "members", "notifications", "order-history", "ordering", "payments", "reviews", "shipping"], operations =>
        {
            operations.PassMemberToken = true;
            // A replay handles all parked events of a key in one transaction.
            operations.Timeout = TimeSpan.FromSeconds(30);
            operations
                .Reads("ListDeadLetters", "GetDeadLetter", "ListComparisons", "GetBacklog", "GetPublished", "ListPublishedIds", "FindMissed")
                .Idempotent("ReplayDeadLetters", "DiscardDeadLetter", "RepublishEvents", "RecordComparison");
        });

        builder.Services.AddScoped<LiveStock>().AddScoped<FirstReviews>().AddScoped<BasketViews>().AddScoped<ProductImport>()
            .AddScoped<NewestOrders>().AddScoped<OrderPayments>().AddScoped<OrderShipments>().AddScoped<OrderViews>();
    }
}
