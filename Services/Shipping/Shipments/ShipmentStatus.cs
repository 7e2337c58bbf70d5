namespace Shop.Shipping.Shipments;

/// <summary>
/// <c>created</c> → <c>dispatched</c> → <c>delivered</c> or <c>failed</c>; <c>created</c> → <c>called_off</c>. There is no way back, and none out of the last three.
/// </summary>
internal static class ShipmentStatus
{
    public const string Created = "created";
    public const string Dispatched = "dispatched";
    public const string Delivered = "delivered";
    public const string Failed = "failed";
    public const string CalledOff = "called_off";

    public static IReadOnlyList<string> All { get; } = [Created, Dispatched, Delivered, Failed, CalledOff];
}
