using Grpc.Core;
using Shop.Coupons.Tests.Running;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Coupons.Tests.Issued;

public sealed class ListCouponsTests(RunningCoupons coupons)
{
    [Fact]
    public async Task A_member_sees_the_own_ones_newest_first_page_by_page()
    {
        var member = Guid.CreateVersion7();
        var expected = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var (_, coupon) = await coupons.CouponAsync();
            await coupons.QueryAsync<int>("update coupons set member_id = @member, campaign = @i where id = @coupon returning 1", new { member, coupon, i = $"{i}" });
            expected.Insert(0, coupon.ToString());
        }

        var seen = new List<string>();
        for (var token = ""; ;)
        {
            var page = await coupons.As(member).ListCouponsAsync(new() { PageSize = 2, PageToken = token });
            seen.AddRange(page.Coupons.Select(coupon => coupon.CouponId));
            Assert.True(page.Coupons.Count <= 2);
            token = page.NextPageToken;
            if (token.Length == 0)
                break;
            await Answers.FailsAsync(StatusCode.InvalidArgument, async () => await coupons.As(Guid.CreateVersion7()).ListCouponsAsync(new() { PageToken = token }));
        }

        Assert.Equal(expected, seen);
        Assert.Empty((await coupons.As(Guid.CreateVersion7()).ListCouponsAsync(new())).Coupons);
        await Answers.FailsAsync(StatusCode.InvalidArgument, async () => await coupons.As(member).ListCouponsAsync(new() { PageSize = 101 }));
    }

    [Fact]
    public async Task A_list_names_its_bad_parameters()
    {
        foreach (var token in new[] { "\0", "AAAA", new string('A', 7500) })
        {
            var failure = await Assert.ThrowsAsync<RpcException>(() => coupons.As(Guid.CreateVersion7()).ListCouponsAsync(new() { PageSize = 101, PageToken = token }).ResponseAsync);

            Assert.Equal((StatusCode.InvalidArgument, "pageSize pageToken"), (failure.StatusCode, string.Join(' ', failure.FieldErrors().Keys.Order(StringComparer.Ordinal))));
        }
    }
}
