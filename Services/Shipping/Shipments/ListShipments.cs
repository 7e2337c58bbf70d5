using Microsoft.EntityFrameworkCore;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Paging;
using Shop.ServiceDefaults.Validation;
using Shop.Shipping.V1;

namespace Shop.Shipping.Shipments;

/// <summary>All shipments, or those in one state, newest first. Pages go by the id, whose UUIDv7 grows with time.</summary>
internal sealed class ListShipments(ShippingDb db, PageTokens tokens)
{
    private const string List = "shipments";

    private sealed record Position(string State, Guid Last);

    public async Task<ListShipmentsResponse> HandleAsync(ListShipmentsRequest request, CancellationToken cancel)
    {
        var check = new Check();
        check.That(request.State.Length == 0 || ShipmentStatus.All.Contains(request.State), "state", $"must be {string.Join(", ", ShipmentStatus.All)}");
        var size = Page.Size(check, request.PageSize);
        var position = tokens.ReadOrDefault<Position>(check, List, request.PageToken);
        check.That(position is null || request.State.Length == 0 || request.State == position.State, "pageToken", "was issued for another state");
        check.ThrowIfAny();

        var state = position?.State ?? request.State;
        var query = db.Shipments.AsNoTracking().Where(shipment => shipment.MemberId != null);
        if (state.Length > 0)
            query = query.Where(shipment => shipment.Status == state);
        if (position is not null)
            query = query.Where(shipment => shipment.Id < position.Last);

        var found = await query.OrderByDescending(shipment => shipment.Id).Take(size + 1).ToListAsync(cancel);
        return new()
        {
            Shipments = { found.Take(size).Select(shipment => shipment.ToContract()) },
            NextPageToken = found.Count > size ? tokens.Write(List, new Position(state, found[size - 1].Id)) : "",
        };
    }
}
