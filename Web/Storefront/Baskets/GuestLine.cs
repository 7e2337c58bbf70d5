namespace Shop.Storefront.Baskets;

/// <summary>A line in a session's row.</summary>
/// <param name="Price">Minor units, when it was put in.</param>
internal sealed record GuestLine(string ProductId, int Quantity, long Price, string Currency);
