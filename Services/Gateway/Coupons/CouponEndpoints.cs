using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Coupons.V1;
using Shop.Gateway.Input;
using Shop.Gateway.OpenApi;
using Shop.Gateway.Orders;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Paging;
using Shop.ServiceDefaults.Validation;
using static Shop.Coupons.V1.CouponsService;
using static Shop.Ordering.V1.OrderingService;

namespace Shop.Gateway.Coupons;

/// <summary>What an order costs with a coupon; nothing is reserved by it.</summary>
internal sealed record CouponQuote(Money Subtotal, Money Discount, Money Total);

internal static class CouponEndpoints
{
    public static void MapCoupons(this WebApplication app)
    {
        var coupons = app.MapGroup("/api/v1").WithTags("Coupons").AllowMembers();

        coupons.MapGet("/coupons", ListAsync).WithMetadata(new InBothLanguages())
            .WithName("listCoupons").WithSummary("The member's own coupons, newest first.").Answers(400, 401, 403);
        coupons.MapPost("/coupons/{id}/quote", QuoteAsync)
            .WithName("quoteCoupon").WithSummary("What an order would cost with one of the member's coupons. 422: the coupon cannot be used for it; the detail says why.")
            .Takes<QuoteBody>(QuoteBody.Example).Answers(401, 403, 404, 422);
    }

    private static async Task<Ok<Page<CouponView>>> ListAsync(
        string? pageSize, string? pageToken, HttpContext http, CouponsServiceClient coupons, CancellationToken cancel)
    {
        var language = http.PickLanguage();
        var check = new Check();
        var request = new ListCouponsRequest { PageSize = check.PageSize(pageSize), PageToken = pageToken ?? "" };
        var answer = await check.AnswerAsync(coupons.ListCouponsAsync(request, cancellationToken: cancel));
        return TypedResults.Ok(Pages.Of(answer.Coupons.Select(coupon => CouponView.Of(coupon, language)), answer.NextPageToken));
    }

    /// <summary>Ordering prices it, as it prices the order itself.</summary>
    private static async Task<Ok<CouponQuote>> QuoteAsync(string id, HttpRequest http, OrderingServiceClient ordering, CancellationToken cancel)
    {
        id = RouteId.Required(id);
        var body = await JsonBody.ReadAsync(http, cancel);
        var request = new QuoteOrderRequest { Lines = { OrderLines.Read(body) }, CouponId = id };
        var quote = await body.Check.AnswerAsync(ordering.QuoteOrderAsync(request, cancellationToken: cancel), ("lines", "items"));
        return TypedResults.Ok(new CouponQuote(Money.Of(quote.Subtotal), Money.Of(quote.Discount), Money.Of(quote.Total)));
    }
}
