using Shop.Checker.Tests.World;
using static Shop.Checker.Tests.World.Findings;
using static Shop.Checker.Tests.World.SoundShop;

namespace Shop.Checker.Tests;

/// <summary>What members and operators were told, or did, must fit what the shop has. Each rule is violated, and met.</summary>
public sealed class ClientRecordTests(SoundData data)
{
    /// <summary>What the client was told of the confirmed order, and words of the violation; no words: there is none.</summary>
    public static TheoryData<string, Func<RequestedOrder, RequestedOrder>, string> Told => new()
    {
        { "a refund", order => order with { IsRefunded = true }, $"The refund of order {Confirmed} was accepted, but it is confirmed" },
        { "a failed delivery", order => order with { HasFailedDelivery = true }, $"The delivery of order {Confirmed} failed, but it is confirmed" },
        { "a delivery", order => order with { IsDelivered = true }, $"Order {Confirmed} was delivered, but is confirmed" },
        { "another total", order => order with { ExpectedTotal = 2001 }, $"Order {Confirmed} (key key-1) was accepted for 2001 KRW, but costs 2000" },
        { "its total", order => order with { ExpectedTotal = 2000 }, "" },
        { "other lines", order => order with { Lines = Lines(3), Coupon = Guid.Parse(Coupon) }, $"Order {Confirmed} (key key-1) does not have the lines that were ordered" },
        { "another coupon", order => order with { Lines = Lines(2), Coupon = Guid.Parse(Unused) }, $"was accepted with coupon {Unused}, but has {Coupon}" },
        { "no coupon", order => order with { Lines = Lines(2) }, $"was accepted with coupon none, but has {Coupon}" },
        { "its lines", order => order with { Lines = Lines(2), Coupon = Guid.Parse(Coupon) }, "" },
        { "a rejection", order => order with { Statuses = ["pending", "rejected"] }, $"The member was told that order {Confirmed} is rejected, and then that it is confirmed" },
        { "a dispatch", order => order with { Statuses = ["pending", "dispatched"] }, $"is dispatched, and then that it is confirmed" },
        { "a delivery as status", order => order with { Statuses = ["delivered"] }, $"is delivered, and then that it is confirmed" },
        { "a cancellation as status", order => order with { Statuses = ["pending", "cancelling"] }, $"is cancelling, and then that it is confirmed" },
        { "a step back", order => order with { Statuses = ["confirmed", "pending"] }, $"is confirmed, and then that it is pending" },
        { "its statuses", order => order with { Statuses = ["pending", "confirmed"] }, "" },
        { "a refusal", order => order with { OrderId = null, IsRefused = true }, $"Key key-1 of member {Member} was refused, but is stored for order {Confirmed}" },
    };

    [Theory]
    [MemberData(nameof(Told), DisableDiscoveryEnumeration = true)]
    public async Task An_order_that_is_not_what_its_client_was_told_is_found(string what, Func<RequestedOrder, RequestedOrder> told, string words)
    {
        await using var shop = await OpenAsync(data);

        shop.Record = shop.Record with { Orders = [.. shop.Record.Orders.Select(order => order.Key == "key-1" ? told(order) : order)] };

        var report = await shop.CheckAsync();
        if (words.Length == 0)
            Assert.True(report.IsOk, $"{what}: {report.ToText()}");
        else
            AssertFound(report, 8, words);
    }

    /// <summary>The order was cancelled by the member before its parcel left.</summary>
    [Theory]
    [InlineData("cancelling", true)]
    [InlineData("confirmed", true)]
    [InlineData("rejected", false)]
    public async Task A_cancelled_order_may_have_been_told_as(string status, bool isPossible)
    {
        await using var shop = await OpenAsync(data);

        shop.Record = shop.Record with { Orders = [.. shop.Record.Orders.Select(order => order.Key == "key-5" ? order with { Statuses = ["pending", status] } : order)] };

        var report = await shop.CheckAsync();
        Assert.True(report.IsOk == isPossible, report.ToText());
    }

    /// <summary>8 are on hand and 2 are sold of 10.</summary>
    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(5, 0, false)]
    [InlineData(-5, 0, false)]
    [InlineData(5, -5, true)]
    public async Task What_operators_changed_of_the_stock_counts(int change, int second, bool fits)
    {
        await using var shop = await OpenAsync(data);

        shop.Record = shop.Record with { StockChanges = [new(Guid.Parse(Product), change), new(Guid.Parse(Product), second)] };

        var report = await shop.CheckAsync();
        if (fits)
            Assert.True(report.IsOk, report.ToText());
        else
            AssertFound(report, 2, $"are not the initial 10, {change:+0;-0} by operators");
    }

    [Fact]
    public async Task A_stock_change_in_doubt_happened_or_did_not()
    {
        await using var shop = await OpenAsync(data);
        var inDoubt = new StockChange(Guid.Parse(Product), 5, IsInDoubt: true);
        shop.Record = shop.Record with { StockChanges = [inDoubt] };
        Assert.True((await shop.CheckAsync()).IsOk);

        await shop.PlantAsync("inventory", "update stock set on_hand = on_hand + 5, version = version + 1");
        await shop.PlantAsync("catalog", "update stock set available = available + 5, version = version + 1");
        Assert.True((await shop.CheckAsync()).IsOk, (await shop.CheckAsync()).ToText());

        await shop.PlantAsync("inventory", "update stock set on_hand = on_hand + 4, version = version + 1");
        AssertFound(await shop.CheckAsync(), 2, "12 on hand + 2 sold are not the initial 10, +0 by operators, perhaps +5");
    }

    [Fact]
    public async Task A_member_without_a_coupon_is_found_though_no_event_tells_of_the_sign_up()
    {
        await using var shop = await OpenAsync(data);
        var unknown = Guid.CreateVersion7();

        shop.Record = shop.Record with { Members = [Member, unknown] };

        AssertFound(await shop.CheckAsync(), 10, $"Member {unknown} signed up, but has no welcome coupon");
    }

    [Fact]
    public async Task A_compensation_that_was_accepted_and_lost_is_found()
    {
        await using var shop = await OpenAsync(data);
        var saga = Guid.CreateVersion7();
        await shop.PlantAsync("ordering", $"update sagas.saga set id = '{saga}' where subject = '{Confirmed}'");

        shop.Record = shop.Record with { CompensatedSagas = [saga] };

        AssertFound(await shop.CheckAsync(), 5, $"The compensation of saga CheckoutSaga {saga} ({Confirmed}) was accepted, but it is completed");
    }

    private static Dictionary<Guid, long> Lines(long quantity) => new() { [Guid.Parse(Product)] = quantity };
}
