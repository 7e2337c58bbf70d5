namespace Shop.Checker.Sources;

/// <summary>Shipping's database.</summary>
public static class ShippingData
{
    public static async Task<IReadOnlyList<Shipment>> ReadAsync(string database, CancellationToken cancel) =>
        // A row without a member is a note that the order was called off before there was a shipment.
        await Rows.ReadAsync(database, "select id, order_id, status from shipments where member_id is not null",
            row => new Shipment(row.GetGuid(0), row.GetGuid(1), row.GetString(2)), cancel);
}

/// <param name="Status">created, dispatched, delivered, failed or called_off.</param>
public sealed record Shipment(Guid Id, Guid OrderId, string Status);
