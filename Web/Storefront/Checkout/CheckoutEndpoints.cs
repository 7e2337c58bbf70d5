using Shop.Design.Gateway;
using Shop.Design.Languages;
using Shop.Design.Pages;
using Shop.Design.Sessions;
using Shop.Storefront.Baskets;
using Shop.Storefront.Coupons;

namespace Shop.Storefront.Checkout;

internal static class CheckoutEndpoints
{
    public static void MapCheckout(this IEndpointRouteBuilder app)
    {
        app.MapPage("/checkout", ShowAsync);
        app.MapForm("/checkout", SendAsync);
    }

    private static Task<IResult> ShowAsync(string? coupon, HttpContext http, CurrentSession session, CheckoutPages pages, CancellationToken cancel) =>
        session.IsSignedIn
            ? pages.ShowAsync(http, CheckoutForm.New($"{Guid.CreateVersion7()}", coupon, session.Row!.Name ?? ""), FormErrors.None, StatusCodes.Status200OK, cancel)
            : throw new SignedOutException();

    private static async Task<IResult> SendAsync(HttpContext http, PlaceOrder placeOrder, GuestBasket guest, CheckoutPages pages, Wording words, CancellationToken cancel)
    {
        var data = await http.Request.ReadFormAsync(cancel);
        var form = CheckoutForm.Read(data);
        if (data["action"] == "quote")
            return await pages.ShowAsync(http, form, FormErrors.None, StatusCodes.Status200OK, cancel);

        try
        {
            var order = await placeOrder.HandleAsync(form, cancel);
            await guest.RemoveAsync([.. form.Lines().Select(line => (line.ProductId, (int?)line.Quantity))], cancel);
            return Go.To(http, $"/orders/{order}");
        }
        catch (ApiException failure) when (failure.Status is 400 or 409 or 422 || (failure.IsUnavailable && failure.Status != 404))
        {
            return await pages.ShowAsync(http, CheckoutErrors.NextForm(form, failure), CheckoutErrors.Of(failure, words), failure.Status == 503 ? 503 : 422, cancel);
        }
    }
}
