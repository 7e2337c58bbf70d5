using Grpc.Core;
using Shop.Basket.Tests.Running;
using Shop.Basket.V1;

namespace Shop.Basket.Tests.Items;

public sealed class ParallelChangeTests(RunningBasket basket)
{
    private readonly Guid _member = Guid.CreateVersion7();

    [Fact]
    public async Task Changes_at_once_lose_nothing()
    {
        var products = Enumerable.Range(1, 50).Select(i => (ProductId: Guid.CreateVersion7(), Quantity: i)).ToList();

        await Task.WhenAll(products.Select((item, i) => PutAsync(i, item.ProductId, item.Quantity)));

        Assert.Equal(products, (await basket.ItemsAsync(_member)).OrderBy(item => item.Quantity));
    }

    [Fact]
    public async Task Of_too_many_products_at_once_only_so_many_get_in_as_there_is_room_for()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            try
            {
                await PutAsync(i, Guid.CreateVersion7(), 1);
                return StatusCode.OK;
            }
            catch (RpcException failure)
            {
                return failure.StatusCode;
            }
        }));

        Assert.Equal((50, 10), (answers.Count(answer => answer == StatusCode.OK), answers.Count(answer => answer == StatusCode.FailedPrecondition)));
        Assert.Equal(50, (await basket.ItemsAsync(_member)).Count);
    }

    [Fact]
    public async Task What_is_removed_while_others_are_put_in_is_gone_and_the_others_are_there()
    {
        var removed = Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var product in removed)
            await basket.PutAsync(_member, product, 1);
        var added = Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7()).ToList();

        await Task.WhenAll(removed.Select(RemoveAsync).Concat(added.Select((product, i) => PutAsync(i, product, 2))));

        Assert.Equal(added.Select(product => (product, 2)).Order(), (await basket.ItemsAsync(_member)).Order());

        async Task RemoveAsync(Guid product) => await basket.As(_member).RemoveItemAsync(new() { ProductId = product.ToString() });
    }

    /// <summary>At one replica and the other in turn.</summary>
    private async Task PutAsync(int i, Guid product, int quantity)
    {
        var client = i % 2 == 0 ? basket.As(_member) : basket.AtOtherAs(_member);
        await client.PutItemAsync(new PutItemRequest { ProductId = product.ToString(), Quantity = quantity });
    }
}
