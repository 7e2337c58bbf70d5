using Shop.Ordering.Orders;

namespace Shop.Ordering.Tests;

internal static class SomeOrder
{
    public static readonly Address Address = new() { Recipient = "김하나", Line1 = "세종대로 110", City = "서울", PostalCode = "04524", Country = "KR" };

    public static Line Line(int quantity, long unitPrice) =>
        new() { ProductId = Guid.CreateVersion7(), Name = "Keyboard", Quantity = quantity, UnitPrice = unitPrice };

    public static Order Place(DateTimeOffset now, params Line[] lines) => Order.Place(Guid.CreateVersion7(), lines, "KRW", Address, now);
}
