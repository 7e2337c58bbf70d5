using Shop.Ordering.Checkout;
using Shop.Ordering.Idempotency;
using Shop.Ordering.Operators;
using Shop.Ordering.Orders;
using Shop.Ordering.Refunds;
using Shop.Persistence;
using Shop.Persistence.Workers;

namespace Shop.Ordering;

internal static class Features
{
    public static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddScoped<AnsweredRequests>()
        .AddScoped<ReadBasket>()
        .AddScoped<PriceOrder>()
        .AddScoped<QuoteOrder>()
        .AddScoped<PlaceOrder>()
        .AddScoped<GetOrder>()
        .AddScoped<ListOrders>()
        .AddScoped<WatchOrder>()
        .AddWorker<OrderChanges>()
        .AddScoped<CancelOrder>()
        .AddScoped<RefundOrder>()
        .AddScoped<InspectSagas>()
        .AddDayPartitions(AnsweredRequestTable.Name, AnsweredRequestTable.Day, AnsweredRequest.Kept + TimeSpan.FromHours(1));   // the clocks of replicas differ
}
