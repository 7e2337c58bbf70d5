using Shop.Basket.Tests.Running;

namespace Shop.Basket.Tests.Items;

public sealed class RemoveBoughtTests(RunningBasket basket)
{
    private readonly Guid _member = Guid.CreateVersion7();
    private readonly Guid _product = Guid.CreateVersion7();
    private readonly Guid _other = Guid.CreateVersion7();

    [Fact]
    public async Task What_was_bought_leaves_the_basket_and_nothing_else()
    {
        await basket.PutAsync(_member, _product, 2);
        var ordered = await basket.PutAsync(_member, _other, 1);
        // Meanwhile: three more of one, and another product.
        var later = Guid.CreateVersion7();
        await basket.PutAsync(_member, _product, 5);
        await basket.PutAsync(_member, later, 4);

        await basket.HandleAsync(OrderEvents.Confirmed(_member, ordered));

        Assert.Equal([(_product, 3), (later, 4)], await basket.ItemsAsync(_member));
    }

    /// <summary>A subtraction of the ordered quantities would take what was put in anew.</summary>
    [Fact]
    public async Task What_was_removed_and_put_in_again_stays()
    {
        var ordered = await basket.PutAsync(_member, _product, 2);
        await basket.As(_member).RemoveItemAsync(new() { ProductId = _product.ToString() });
        await basket.PutAsync(_member, _product, 1);

        await basket.HandleAsync(OrderEvents.Confirmed(_member, ordered));

        Assert.Equal([(_product, 1)], await basket.ItemsAsync(_member));
    }

    [Fact]
    public async Task What_was_lowered_and_raised_again_stays_as_far_as_it_was_raised()
    {
        var ordered = await basket.PutAsync(_member, _product, 5);
        await basket.PutAsync(_member, _product, 2);
        await basket.PutAsync(_member, _product, 4);

        await basket.HandleAsync(OrderEvents.Confirmed(_member, ordered));

        Assert.Equal([(_product, 2)], await basket.ItemsAsync(_member));
    }

    [Fact]
    public async Task Two_orders_of_one_basket_take_what_each_of_them_bought_in_either_order()
    {
        foreach (var isReversed in new[] { false, true })
        {
            var member = Guid.CreateVersion7();
            var first = OrderEvents.Confirmed(member, await basket.PutAsync(member, _product, 2));
            var second = OrderEvents.Confirmed(member, await basket.PutAsync(member, _product, 3));
            await basket.PutAsync(member, _product, 7);

            foreach (var confirmed in isReversed ? new[] { second, first } : [first, second])
                await basket.HandleAsync(confirmed);

            Assert.Equal([(_product, 4)], await basket.ItemsAsync(member));
        }
    }

    [Fact]
    public async Task An_order_that_named_its_lines_takes_nothing()
    {
        await basket.PutAsync(_member, _product, 2);

        await basket.HandleAsync(OrderEvents.Confirmed(_member, basketVersion: null));

        Assert.Equal([(_product, 2)], await basket.ItemsAsync(_member));
    }

    /// <summary>As Kafka may deliver it: the same event twice, and a copy of it that the inbox cannot know.</summary>
    [Fact]
    public async Task An_event_that_comes_again_takes_nothing_more()
    {
        var confirmed = OrderEvents.Confirmed(_member, await basket.PutAsync(_member, _product, 2));
        var id = Guid.CreateVersion7();
        await basket.PublishAsync(confirmed, id);
        await Eventually.TrueAsync(async () => (await basket.ItemsAsync(_member)).Count == 0, "what was bought has left the basket", TimeSpan.FromSeconds(30));
        await basket.PutAsync(_member, _product, 1);

        await basket.PublishAsync(confirmed, id);
        var copy = Guid.CreateVersion7();
        await basket.PublishAsync(confirmed, copy);

        // Both are on the order's partition, so the first was handled before.
        await Eventually.TrueAsync(async () => (await basket.QueryAsync<int>("select count(*)::int from messaging.inbox where event_id = @copy", new { copy })).Single() == 1,
            "the copy is handled", TimeSpan.FromSeconds(30));
        Assert.Equal([(_product, 1)], await basket.ItemsAsync(_member));
    }

    /// <summary>Each has the baskets of the same two members, in another order.</summary>
    [Fact]
    public async Task Two_batches_at_once_wait_for_each_other_in_turn_and_not_in_a_circle()
    {
        var other = Guid.CreateVersion7();
        var (bought, boughtByOther) = (OrderEvents.Confirmed(_member, await basket.PutAsync(_member, _product, 1)), OrderEvents.Confirmed(other, await basket.PutAsync(other, _product, 1)));
        await using var first = await Batch.BeginAsync(basket);
        await first.HandleAsync(bought);

        var second = SecondAsync();
        await Eventually.TrueAsync(async () => second.IsCompleted || await Batch.AnyWaitsAsync(basket), "the second batch waits");
        await first.HandleAsync(boughtByOther);
        await first.CommitAsync();
        await second;

        Assert.Empty(await basket.ItemsAsync(_member));
        Assert.Empty(await basket.ItemsAsync(other));

        async Task SecondAsync()
        {
            await using var batch = await Batch.BeginAsync(basket);
            await batch.HandleAsync(boughtByOther);
            await batch.HandleAsync(bought);
            await batch.CommitAsync();
        }
    }

    [Fact]
    public async Task A_purchase_while_the_basket_is_changed_loses_nothing()
    {
        var ordered = await basket.PutAsync(_member, _product, 2);
        var added = Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7()).ToList();

        await Task.WhenAll(added.Select(product => basket.PutAsync(_member, product, 1)).Append(BoughtAsync()));

        Assert.Equal(added.Order(), (await basket.ItemsAsync(_member)).Select(item => item.ProductId).Order());

        async Task<long> BoughtAsync()
        {
            await basket.HandleAsync(OrderEvents.Confirmed(_member, ordered));
            return 0;
        }
    }
}
