using System.Globalization;
using Shop.Design.Gateway;

namespace Shop.Storefront.Checkout;

/// <summary>The form's fields as they were sent.</summary>
/// <param name="Key">Made with the form, hidden in it: a double click and a reload are one order.</param>
/// <param name="Items">Null: what is in the member's basket. Otherwise <c>id:quantity</c>, so that the same form is always the same order.</param>
/// <param name="Expected">The total that was shown; null before the first show.</param>
public sealed record CheckoutForm(
    string Key, IReadOnlyList<string>? Items, string? Coupon, Money? Expected, string Recipient, string Line1, string Line2, string City, string PostalCode, string PaymentToken)
{
    /// <summary>Of the first show.</summary>
    public static CheckoutForm New(string key, string? coupon, string recipient) => new(key, null, coupon, null, recipient, "", "", "", "", "tok_ok");

    /// <exception cref="BadHttpRequestException">The key, or the total, is none that a form was made with.</exception>
    internal static CheckoutForm Read(IFormCollection form)
    {
        string Text(string name) => form[name].ToString();
        return new(
            Guid.TryParse(Text("key"), out var key) ? $"{key}" : throw new BadHttpRequestException("The form has no key."),
            Text("source") == "items" ? [.. form["item"].OfType<string>()] : null,
            Text("coupon") is { Length: > 0 } coupon ? coupon : null,
            ReadTotal(Text("expected"), Text("currency")),
            Text("recipient"), Text("line1"), Text("line2"), Text("city"), Text("postalCode"), Text("paymentToken"));
    }

    /// <summary>Every form has one. One that is missing or cannot be read must not be taken for none: the price would not be compared.</summary>
    private static Money ReadTotal(string amount, string currency) =>
        long.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out var shown) ? new(shown, currency)
        : throw new BadHttpRequestException("The form's total is no amount.");

    internal object ToOrder()
    {
        var address = new Dictionary<string, string>
        {
            ["recipient"] = Recipient, ["line1"] = Line1, ["city"] = City, ["postalCode"] = PostalCode, ["country"] = "KR",
        };
        if (Line2.Length > 0)
            address["line2"] = Line2;

        var order = new Dictionary<string, object> { ["paymentToken"] = PaymentToken, ["shippingAddress"] = address };
        if (Items is null)
            order["fromBasket"] = true;
        else
            order["items"] = Lines().Select(line => new { productId = line.ProductId, quantity = line.Quantity });
        if (Coupon is not null)
            order["couponId"] = Coupon;
        if (Expected is not null)
            order["expectedTotal"] = Expected;
        return order;
    }

    internal IEnumerable<(string ProductId, int Quantity)> Lines() =>
        from item in Items ?? []
        let parts = item.Split(':')
        where parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _)
        select (parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture));
}
