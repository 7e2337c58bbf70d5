namespace Shop.Console.Shipments;

/// <summary>A shipment of the API.</summary>
/// <param name="Reason">Why it failed or was called off.</param>
public sealed record Shipment(string Id, string OrderId, string Status, string TrackingNumber, string? Reason, DateTimeOffset CreatedAt, DateTimeOffset? DispatchedAt, DateTimeOffset? DeliveredAt)
{
    internal static IReadOnlyList<string> States { get; } = ["created", "dispatched", "delivered", "failed", "called_off"];
}

/// <summary>A page of shipments, of one state or of all.</summary>
public sealed record ShipmentsModel(IReadOnlyList<Shipment> Shipments, string? State, string? NextPageToken);
