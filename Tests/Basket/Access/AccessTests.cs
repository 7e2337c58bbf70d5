using Grpc.Core;
using Shop.Basket.Tests.Running;

namespace Shop.Basket.Tests.Access;

public sealed class AccessTests(RunningBasket basket)
{
    [Fact]
    public async Task A_member_sees_and_changes_the_own_basket_only()
    {
        var (member, other, product) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await basket.PutAsync(member, product, 2);

        await basket.As(other).RemoveItemAsync(new() { ProductId = product.ToString() });

        Assert.Empty(await basket.ItemsAsync(other));
        Assert.Equal([(product, 2)], await basket.ItemsAsync(member));
    }

    [Fact]
    public async Task Only_ordering_reads_the_basket_of_any_member()
    {
        var (member, product) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await basket.PutAsync(member, product, 3);
        var request = new V1.GetBasketForOrderRequest { MemberId = member.ToString() };

        Assert.Equal([(product, 3)], RunningBasket.Items((await basket.Client(basket.Tokens.Service("ordering", "basket")).GetBasketForOrderAsync(request)).Basket));
        foreach (var token in new[] { basket.Tokens.Member(member), basket.Tokens.Operator(), basket.Tokens.Service("gateway", "basket") })
            await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await basket.Client(token).GetBasketForOrderAsync(request));
        await Answers.FailsAsync(StatusCode.Unauthenticated, async () => await basket.Client(null).GetBasketAsync(new()));
        await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await basket.Client(basket.Tokens.Service("gateway", "basket")).GetBasketAsync(new()));
    }
}
