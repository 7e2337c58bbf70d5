using Grpc.Core;
using Shop.Coupons.Tests.Running;

namespace Shop.Coupons.Tests;

public sealed class AccessTests(RunningCoupons coupons)
{
    [Fact]
    public async Task Only_ordering_uses_coupons()
    {
        foreach (var token in new[] { coupons.Tokens.Member(), coupons.Tokens.Operator(), coupons.Tokens.Service("gateway", "coupons") })
        {
            var client = coupons.Client(token);
            await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await client.QuoteAsync(new()));
            await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await client.ReserveAsync(new()));
            await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await client.RedeemAsync(new()));
            await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await client.RestoreAsync(new()));
        }
    }

    [Fact]
    public async Task Only_somebody_with_an_account_has_coupons_to_list()
    {
        Assert.Empty((await coupons.Client(coupons.Tokens.Operator()).ListCouponsAsync(new())).Coupons);
        await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await coupons.Coupons.ListCouponsAsync(new()));
        await Answers.FailsAsync(StatusCode.Unauthenticated, async () => await coupons.Client(null).ListCouponsAsync(new()));
    }
}
