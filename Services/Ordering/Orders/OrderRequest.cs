using Shop.Common.V1;
using Shop.Ordering.Idempotency;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Ordering.Orders;

/// <summary>
/// A request to place an order, checked and in one form: lines of one product merged, texts in NFC, ids in lower case. Nothing before it limits an order; every bad
/// field is named at once.
/// </summary>
/// <param name="Items">None if it is from the basket: what is in it is no part of the request, so the request stays the same when the basket changes.</param>
internal sealed record OrderRequest(
    string IdempotencyKey, IReadOnlyList<OrderItem> Items, string PaymentToken, Address Address, Money? ExpectedTotal, Guid? CouponId, bool IsFromBasket)
{
    private const int MaxLines = 50;
    private const int MaxQuantity = 99;
    private const int MaxLine = 200;

    // The shop's one currency.
    private const string Krw = "KRW";

    /// <exception cref="InvalidException">With all bad fields.</exception>
    public static OrderRequest Of(PlaceOrderRequest request)
    {
        var check = new Check();
        var key = request.IdempotencyKey;
        AnsweredRequests.CheckKey(key, check);
        var items = request.FromBasket && check.That(request.Lines.Count == 0, "fromBasket", "must not come with items") ? [] : ReadItems(request.Lines, check);
        var token = check.Line("paymentToken", request.PaymentToken, 1, MaxLine);
        var address = ReadAddress(request.ShippingAddress, check);
        var total = ReadTotal(request.ExpectedTotal, check);
        var coupon = ReadCoupon(request.CouponId, check);
        check.ThrowIfAny();

        return new(key, items, token, address!, total, coupon, request.FromBasket);
    }

    /// <summary>The same request as a message without its key. However a client writes a request, this is the same.</summary>
    public PlaceOrderRequest ToContract() => new()
    {
        Lines = { Items.Select(item => new OrderLine { ProductId = item.ProductId.ToString(), Quantity = item.Quantity }) },
        PaymentToken = PaymentToken,
        ShippingAddress = Address.ToContract(),
        ExpectedTotal = ExpectedTotal,
        CouponId = CouponId?.ToString() ?? "",
        FromBasket = IsFromBasket,
    };

    /// <summary>Two lines of one product are merged. The line that makes it too many is the one that is wrong.</summary>
    internal static IReadOnlyList<OrderItem> ReadItems(IReadOnlyList<OrderLine> lines, Check check)
    {
        // Of too many, none is read: the errors of each would say nothing more.
        if (!check.That(lines.Count is >= 1 and <= MaxLines, "items", $"must have 1 to {MaxLines} elements"))
            return [];

        var merged = new Dictionary<Guid, int>();
        foreach (var (index, line) in lines.Index())
        {
            var product = check.Uuid($"items[{index}].productId", line.ProductId);
            var quantity = check.Range($"items[{index}].quantity", line.Quantity, 1, MaxQuantity);
            if (quantity is < 1 or > MaxQuantity)
                continue;

            merged[product] = merged.GetValueOrDefault(product) + quantity;
            check.That(merged[product] <= MaxQuantity || product == Guid.Empty,
                $"items[{index}].quantity", $"with the lines before, more than {MaxQuantity} of this product");
        }

        return [.. merged.Select(entry => new OrderItem(entry.Key, entry.Value))];
    }

    /// <returns>Null: none is used.</returns>
    internal static Guid? ReadCoupon(string couponId, Check check) => couponId.Length == 0 ? null : check.Uuid("couponId", couponId);

    private static Money? ReadTotal(Money? total, Check check)
    {
        if (total is null)
            return null;

        check.Range("expectedTotal.amount", total.Amount, 0, long.MaxValue);
        check.That(total.Currency == Krw, "expectedTotal.currency", $"must be {Krw}");
        return total;
    }

    private static Address? ReadAddress(ShippingAddress? address, Check check)
    {
        if (address is null)
        {
            check.Fail("shippingAddress", "is missing");
            return null;
        }

        return new Address
        {
            Recipient = check.Line("shippingAddress.recipient", address.Recipient, 1, MaxLine),
            Line1 = check.Line("shippingAddress.line1", address.Line1, 1, MaxLine),
            Line2 = address.Line2.Length == 0 ? null : check.Line("shippingAddress.line2", address.Line2, 1, MaxLine),
            City = check.Line("shippingAddress.city", address.City, 1, MaxLine),
            PostalCode = check.Line("shippingAddress.postalCode", address.PostalCode, 1, MaxLine),
            Country = check.Line("shippingAddress.country", address.Country, 1, MaxLine),
        };
    }
}
