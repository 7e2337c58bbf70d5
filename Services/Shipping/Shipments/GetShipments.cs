using Microsoft.EntityFrameworkCore;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Validation;
using Shop.Shipping.V1;

namespace Shop.Shipping.Shipments;

/// <summary>The shipments of many orders. A member sees the own ones, as if there were no others.</summary>
internal sealed class GetShipments(ShippingDb db)
{
    private const int MaxOrders = 100;

    public async Task<GetShipmentsResponse> HandleAsync(GetShipmentsRequest request, Caller caller, CancellationToken cancel)
    {
        var check = new Check();
        check.That(request.OrderIds.Count is >= 1 and <= MaxOrders, "orderIds", $"must have 1 to {MaxOrders} ids");
        var orderIds = request.OrderIds.Take(MaxOrders).Select((id, i) => check.Uuid($"orderIds[{i}]", id)).ToList();
        check.ThrowIfAny();

        // A tombstone is no shipment.
        var shipments = await db.Shipments.AsNoTracking().Where(shipment => orderIds.Contains(shipment.OrderId) && shipment.MemberId != null).ToListAsync(cancel);
        return new() { Shipments = { shipments.Where(shipment => caller.May(shipment.MemberId!.Value)).Select(shipment => shipment.ToContract()) } };
    }
}
