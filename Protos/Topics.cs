namespace Shop.Protos;

/// <summary>The topics of the shop, one per aggregate. The contracts have them too (option <c>shop.events.v1.topic</c>); a test compares the two.</summary>
public static class Topics
{
    public const string Orders = "shop.orders.v1";
    public const string Payments = "shop.payments.v1";
    public const string Stock = "shop.stock.v1";
    public const string Members = "shop.members.v1";
    public const string Products = "shop.products.v1";
    public const string Shipments = "shop.shipments.v1";
    public const string Coupons = "shop.coupons.v1";
    public const string Ratings = "shop.ratings.v1";
}
