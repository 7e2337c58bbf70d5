using Shop.Messaging;
using Shop.OrderHistory.Orders;
using Shop.OrderHistory.Projection;
using Shop.Ordering.V1;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.OrderHistory;

internal static class WarmUp
{
    public static void AddOrderHistoryWarmUp(this IHostApplicationBuilder builder)
    {
        builder.AddRehearsal<OrderHistoryDb>("an event", async (services, cancel) =>
        {
            var (order, member) = (Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString());
            var state = new OrderState { Version = 1, Status = OrderStatus.Pending, Timeline = { new TimelineEntry { What = "placed", At = new() } } };
            var context = new EventContext { EventId = Guid.CreateVersion7(), Type = "", Topic = "", Key = order, Source = "", Time = default };
            await services.GetRequiredService<ProjectOrder>()
                .HandleAsync(new OrderPlaced { OrderId = order, MemberId = member, Total = new() { Currency = "KRW" }, State = state }, context, cancel);
            await services.GetRequiredService<OrderHistoryDb>().SaveChangesAsync(cancel);
        });
        builder.AddRehearsal<OrderHistoryDb>("a list of orders", (services, cancel) =>
            services.GetRequiredService<ListOrders>().HandleAsync(new(), Caller.OfMember(Guid.CreateVersion7()), cancel));
    }
}
