using Shop.Ordering.Idempotency;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;

namespace Shop.Ordering.Orders;

/// <summary>What is asked for, checked: every bad field is named at once.</summary>
public sealed record OrderRequest(string IdempotencyKey, IReadOnlyList<OrderRequest.Item> Items, string PaymentToken, Address Address, Guid? CouponId)
{
    public const int MaxLines = 50;
    public const int MaxQuantity = 99;

    public sealed record Item(Guid ProductId, int Quantity);

    public static OrderRequest Of(PlaceOrderRequest request)
    {
        var check = new Check();
        AnsweredRequests.CheckKey(request.IdempotencyKey, check);
        var items = ReadItems(request.Lines, check);
        var token = check.Line("paymentToken", request.PaymentToken, 1, 200);
        var address = ReadAddress(request.ShippingAddress, check);
        if (request.ExpectedTotal is { } total)
        {
            check.Range("expectedTotal.amount", total.Amount, 0, long.MaxValue);
            check.Line("expectedTotal.currency", total.Currency, 3, 3);
        }

        var coupon = ReadCoupon(request.CouponId, check);
        check.ThrowIfAny();

        return new(request.IdempotencyKey, items, token, address!, coupon);
    }

    /// <summary>Two lines of one product are merged.</summary>
    internal static List<Item> ReadItems(IReadOnlyList<OrderLine> lines, Check check)
    {
        check.That(lines.Count is >= 1 and <= MaxLines, "items", $"must have 1 to {MaxLines} lines");

        var merged = new Dictionary<Guid, int>();
        foreach (var (line, index) in lines.Take(MaxLines).Select((line, index) => (line, index)))
        {
            var product = check.Uuid($"items[{index}].productId", line.ProductId);
            var quantity = check.Range($"items[{index}].quantity", line.Quantity, 1, MaxQuantity);
            merged[product] = merged.GetValueOrDefault(product) + quantity;
            check.That(merged[product] <= MaxQuantity || quantity > MaxQuantity || product == Guid.Empty,
                $"items[{index}].quantity", $"all lines of one product together must be at most {MaxQuantity}");
        }

        return [.. merged.Select(entry => new Item(entry.Key, entry.Value))];
    }

    /// <returns>Null: none is used.</returns>
    internal static Guid? ReadCoupon(string couponId, Check check) => couponId.Length == 0 ? null : check.Uuid("couponId", couponId);

    private static Address? ReadAddress(ShippingAddress? address, Check check)
    {
        if (address is null)
        {
            check.Fail("shippingAddress", "is required");
            return null;
        }

        return new Address
        {
            Recipient = check.Line("shippingAddress.recipient", address.Recipient, 1, 200),
            Line1 = check.Line("shippingAddress.line1", address.Line1, 1, 200),
            Line2 = address.Line2.Length == 0 ? null : check.Line("shippingAddress.line2", address.Line2, 1, 200),
            City = check.Line("shippingAddress.city", address.City, 1, 200),
            PostalCode = check.Line("shippingAddress.postalCode", address.PostalCode, 1, 200),
            Country = check.Line("shippingAddress.country", address.Country, 1, 200),
        };
    }
}
