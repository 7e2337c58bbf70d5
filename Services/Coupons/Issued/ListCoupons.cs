using Microsoft.EntityFrameworkCore;
using Shop.Coupons.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Paging;
using Shop.ServiceDefaults.Validation;

namespace Shop.Coupons.Issued;

/// <summary>The caller's own coupons, newest first. Pages go by the id, whose UUIDv7 grows with time.</summary>
internal sealed class ListCoupons(CouponsDb db, PageTokens tokens, TimeProvider clock)
{
    private const string List = "coupons";

    private sealed record Position(Guid Member, Guid Last);

    public async Task<ListCouponsResponse> HandleAsync(ListCouponsRequest request, Caller caller, CancellationToken cancel)
    {
        var member = caller.Member;
        var check = new Check();
        var size = Page.Size(check, request.PageSize);
        var position = tokens.ReadOrDefault<Position>(check, List, request.PageToken, issued => issued.Member == member);
        check.ThrowIfAny();

        var query = db.Coupons.AsNoTracking().Where(coupon => coupon.MemberId == member);
        if (position is not null)
            query = query.Where(coupon => coupon.Id < position.Last);

        var coupons = await query.OrderByDescending(coupon => coupon.Id).Take(size + 1).ToListAsync(cancel);
        var page = coupons.Take(size).ToList();
        var now = clock.GetUtcNow();
        return new()
        {
            Coupons = { page.Select(coupon => coupon.ToContract(now)) },
            NextPageToken = coupons.Count > size ? tokens.Write(List, new Position(member, page[^1].Id)) : "",
        };
    }
}
