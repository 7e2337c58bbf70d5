using System.Globalization;
using Shop.Design.Gateway;
using Shop.Design.Languages;
using Shop.Design.Pages;
using Shop.Design.Sessions;
using Shop.Storefront.Coupons;

namespace Shop.Storefront.Baskets;

internal static class BasketEndpoints
{
    public static void MapBasket(this IEndpointRouteBuilder app)
    {
        app.MapPage("/basket", ShowAsync);
        app.MapOpenForm("/basket/items", AddAsync);
        app.MapForm("/basket/items/{id:guid}", ChangeAsync);
    }

    private static async Task<IResult> ShowAsync(
        string? coupon, Guid? removed, int? quantity, int? left, string? refused,
        MemberBasket baskets, CurrentSession session, CouponCalls coupons, BasketTotals totals, CancellationToken cancel)
    {
        var basket = await baskets.ShowAsync(cancel);
        IReadOnlyList<Coupon>? usable = session.IsSignedIn ? await coupons.FindAsync(cancel) : [];
        var sums = session.IsSignedIn && basket.Count > 0 ? await totals.OfAsync(basket, usable, coupon, cancel) : null;
        return View.Of<BasketPage>(new BasketModel(basket, usable, sums, removed?.ToString(), Quantity($"{quantity}") ?? 1, Math.Clamp(left ?? 0, 0, 99), refused));
    }

    private static async Task<IResult> AddAsync(HttpContext http, MemberBasket baskets, CancellationToken cancel)
    {
        var form = await http.Request.ReadFormAsync(cancel);
        if (!Guid.TryParse(form["productId"], out var product))
            return TypedResults.BadRequest();

        if (Quantity(form["quantity"]) is not { } quantity)
            return Refused(http, "quantity");

        try
        {
            await baskets.AddAsync($"{product}", quantity, cancel);
        }
        catch (ApiException failure) when (failure is { Status: 422, Reason: not null })
        {
            return Refused(http, failure.Reason);
        }
        catch (ApiException failure) when (failure is { Status: 404, IsUnavailable: false })
        {
            return Refused(http, "discontinued");
        }

        return Go.To(http, form["then"].ToString() switch
        {
            "checkout" => "/checkout",
            "basket" => "/basket",
            _ => $"/products/{product}?added={quantity}",
        });
    }

    private static async Task<IResult> ChangeAsync(Guid id, HttpContext http, MemberBasket baskets, CancellationToken cancel)
    {
        var form = await http.Request.ReadFormAsync(cancel);
        var quantity = Quantity(form["quantity"]);
        if (form["remove"].Count > 0)
        {
            await baskets.RemoveAsync($"{id}", cancel);
            return Go.To(http, $"/basket?removed={id}&quantity={quantity ?? 1}");
        }

        if (quantity is null)
            return Refused(http, "quantity");

        try
        {
            await baskets.SetAsync($"{id}", quantity.Value, cancel);
        }
        catch (ApiException failure) when (failure is { Status: 422, Reason: not null })
        {
            return Refused(http, failure.Reason);
        }

        return Go.To(http, "/basket");
    }

    private static IResult Refused(HttpContext http, string reason) => Go.To(http, $"/basket?refused={reason}");

    /// <returns>Null: not one that a basket can have.</returns>
    private static int? Quantity(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var quantity) && quantity is >= 1 and <= GuestBasket.MaxQuantity ? quantity : null;
}
