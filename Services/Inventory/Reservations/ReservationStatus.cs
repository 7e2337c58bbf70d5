namespace Shop.Inventory.Reservations;

/// <summary><c>reserved</c> → <c>confirmed</c> → <c>restocked</c>; <c>reserved</c> → <c>released</c> or <c>expired</c>. No transition leads back to <c>reserved</c>.</summary>
internal static class ReservationStatus
{
    public const string Reserved = "reserved";
    public const string Confirmed = "confirmed";
    public const string Released = "released";
    public const string Expired = "expired";
    public const string Restocked = "restocked";
}
