using Microsoft.Extensions.DependencyInjection;
using Shop.Ordering.V1;
using Shop.Persistence;
using Shop.Shipping.Courier;
using Shop.Shipping.Shipments;

namespace Shop.Shipping.Tests.Running;

/// <summary>What tests do again and again with shipments.</summary>
internal static class Parcels
{
    /// <summary>A confirmed order, as Ordering publishes it.</summary>
    public static async Task<Guid> ShipmentAsync(this RunningShipping shipping, Guid? member = null)
    {
        var order = Guid.CreateVersion7();
        await shipping.First.ConfirmedAsync(order, member);
        return order;
    }

    public static async Task ConfirmedAsync(this IServiceProvider replica, Guid order, Guid? member = null)
    {
        await using var scope = replica.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShippingDb>();
        await db.InTransactionAsync(async token =>
        {
            await scope.ServiceProvider.GetRequiredService<CreateShipment>().HandleAsync(Confirmed(order, member), null!, token);
        }, TestContext.Current.CancellationToken);
    }

    public static OrderConfirmed Confirmed(Guid order, Guid? member = null) => new()
    {
        OrderId = order.ToString(),
        MemberId = (member ?? Guid.CreateVersion7()).ToString(),
        ShippingAddress = new() { Recipient = "김하나", Line1 = "세종대로 110", City = "서울", PostalCode = "04524", Country = "KR" },
    };

    /// <summary>What the courier's worker does at each turn.</summary>
    public static async Task<(int Delivered, int Dispatched, bool IsFull)> CourierAsync(this IServiceProvider replica)
    {
        await using var scope = replica.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DueShipments>().AdvanceAsync(TestContext.Current.CancellationToken);
    }

    public static async Task DispatchAsync(this RunningShipping shipping, Guid order) =>
        await shipping.AsOperator.DispatchAsync(new() { ShipmentId = await shipping.Database.IdAsync(order) });

    public static async Task DeliverAsync(this RunningShipping shipping, Guid order) =>
        await shipping.AsOperator.DeliverAsync(new() { ShipmentId = await shipping.Database.IdAsync(order) });

    public static async Task FailAsync(this RunningShipping shipping, Guid order, string reason = "lost") =>
        await shipping.AsOperator.FailAsync(new() { ShipmentId = await shipping.Database.IdAsync(order), Reason = reason });

    public static async Task CallOffAsync(this RunningShipping shipping, Guid order) =>
        await shipping.AsOrdering.CallOffAsync(new() { OrderId = order.ToString(), Reason = "cancelled_by_member" });
}
