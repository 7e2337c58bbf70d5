using Shop.Checker.Tests.World;
using static Shop.Checker.Tests.World.Findings;
using static Shop.Checker.Tests.World.SoundShop;

namespace Shop.Checker.Tests;

/// <summary>Each invariant is violated on purpose, and the checker must report it.</summary>
public sealed class PlantedViolationTests(SoundData data)
{
    [Fact]
    public async Task A_sound_shop_keeps_all_its_promises()
    {
        await using var shop = await OpenAsync(data);

        var report = await shop.CheckAsync();

        Assert.True(report.IsOk, report.ToText());
        Assert.Equal(13, report.Findings.Count);
    }

    /// <summary>The number of the violated invariant, the database, the change, and words of the expected violation.</summary>
    public static TheoryData<int, string, string, string> InDatabases => new()
    {
        { 1, "payments", "update postings set amount = 1999 where account = 'taken' and amount > 0", "'taken' holds 1998" },
        { 1, "payments", "update postings set amount = amount - 1 where account = 'members' and amount < 0", "sum to -1" },
        { 1, "payments", "delete from postings where account = 'held' and amount > 0", "'held' holds -6000" },
        { 1, "ordering", $"update orders set total = 2500 where id = '{Confirmed}'", "the confirmed orders cost 2500" },

        { 2, "inventory", "update stock set on_hand = -1", "-1 on hand" },
        { 2, "inventory", "update stock set reserved = 9", "9 reserved of 8 on hand" },
        { 2, "inventory", "update stock set reserved = 2", "the reservations hold 0" },
        { 2, "inventory", "update stock set on_hand = 7", "7 on hand + 2 sold are not the initial 10" },
        { 2, "inventory", $"delete from reservations where order_id = '{Confirmed}'", "its stock is not sold" },
        { 2, "inventory", $"update reservations set quantities = array[3] where order_id = '{Confirmed}'", "not those of the order" },
        { 2, "inventory", $"update reservations set status = 'confirmed' where order_id = '{Voided}'", "is rejected, but its stock is sold" },

        { 3, "ordering", $"update orders set status = 'confirmed' where id = '{Declined}'", "was never charged" },
        { 3, "ordering", $"update orders set status = 'rejected' where id = '{Confirmed}'", "2000 KRW are captured" },
        { 3, "payments", $"update intents set status = 'authorised' where order_id = '{Confirmed}'", "Payments has it as authorised, the provider as captured" },
        { 3, "payments", $"update intents set refunded = 300 where order_id = '{Confirmed}'", "Payments has 300 KRW as refunded, the provider 0" },

        { 4, "ordering", $"insert into messaging.outbox values (event(1, 99), 99, 'shop.orders.v1', '{Confirmed}', 'shop.ordering.v1.OrderConfirmed')", "is not on shop.orders.v1" },
        { 4, "ordering", "delete from messaging.outbox where position = 32", "but in no outbox" },
        { 4, "ordering", "update messaging.outbox set position = 23 - position % 10 where position in (21, 22)", "in another order" },
        { 4, "ordering", "update messaging.outbox set key = 'another' where position = 21", "as shop.ordering.v1.OrderPlaced of a0" },
        { 4, "ordering", "update messaging.outbox set type = 'shop.ordering.v1.OrderRejected' where position = 12", "is confirmed, but its events are" },
        { 4, "catalog", "delete from messaging.inbox where ctid in (select ctid from messaging.inbox limit 1)", "catalog's FollowStock has not applied" },
        { 4, "catalog", "update messaging.inbox set consumer = 'Another' where ctid in (select ctid from messaging.inbox limit 1)", "catalog's Another has not applied" },
        { 4, "ordering", $"update orders set status = 'delivered' where id = '{Confirmed}'", "is delivered, but its events are" },
        { 4, "ordering", "update messaging.outbox set type = 'shop.ordering.v1.OrderRejected' where position = 53", "is cancelled, but its events are" },
        { 4, "basket", "delete from messaging.inbox", "basket's RemoveBought has not applied" },
        { 4, "reviews", "delete from messaging.inbox", "reviews's FollowMembers has not applied" },
        { 4, "catalog", "delete from messaging.inbox where consumer = 'FollowRatings'", "catalog's FollowRatings has not applied" },
        { 11, "reviews", "insert into reviews (product_id, member_id, stars) select product_id, member_id, 0 from reviews where stars = 5", "has 2 reviews of product" },
        { 11, "reviews", "delete from reviews where stars = 4", "has 1 reviews with 5 stars, but its rating has 2 with 9" },
        { 11, "reviews", "update ratings set stars = 10", "its rating has 2 with 10" },
        { 11, "catalog", "update ratings set stars = 8, version = 1", "Catalog lists 8 / 2 (version 1)" },
        { 11, "catalog", "delete from ratings", "Catalog lists 0 / 0 (version 0)" },
        { 4, "shipping", "delete from messaging.inbox", "shipping's CreateShipment has not applied" },
        { 4, "shipping", $"insert into messaging.outbox values (event(4, 2), 2, 'shop.shipments.v1', '{Confirmed}', 'shop.shipping.v1.ShipmentDispatched')", "ordering's FollowShipment has not applied" },
        { 4, "catalog", "update stock set available = 10", "Inventory has 8 (version 5), Catalog shows 10" },
        { 4, "catalog", "insert into products values (uuidv7())", "has no stock row in Inventory" },

        { 5, "ordering", $"update sagas.saga set ended_at = null, status = 'running', step = 'capture payment', started_at = now() - interval '12 minutes' where subject = '{Confirmed}'", "past its deadline" },
        { 5, "ordering", $"update sagas.saga set ended_at = null where subject = '{Confirmed}'", "its saga has not ended" },
        { 5, "ordering", $"update orders set status = 'pending' where id = '{Declined}'", "has no running saga" },
        { 5, "ordering", $"update sagas.saga set status = 'completed' where subject = '{Declined}'", "but its CheckoutSaga is completed" },
        { 5, "ordering", "delete from sagas.saga where type = 'RefundSaga'", "is cancelled, but its CheckoutSaga is completed" },
        { 5, "ordering", $"insert into sagas.saga (type, subject, status) values ('RefundSaga', '{Confirmed}', 'completed')", "and its RefundSaga is completed" },
        { 5, "ordering", "update sagas.saga set ended_at = null, status = 'running' where type = 'RefundSaga'", "its saga has not ended" },
        { 5, "inventory", $"update reservations set status = 'reserved' where order_id = '{Declined}'", "no running saga" },
        { 5, "payments", $"update intents set status = 'authorised' where order_id = '{Voided}'", "is to be released" },

        { 6, "ordering", $"insert into answered_requests values ('{Member}', 'key-4', '{Confirmed}')", "was placed with 2 keys" },
        { 6, "ordering", $"delete from answered_requests where order_id = '{Confirmed}'", "was placed with 0 keys" },
        { 6, "ordering", "update answered_requests set member_id = uuidv7() where key = 'key-1'", "with a key of member" },
        { 6, "ordering", "update answered_requests set order_id = uuidv7() where key = 'key-1'", "which does not exist" },
        { 6, "ordering", "update answered_requests set key = 'key-1' where key = 'key-2'", "made 2 orders" },

        { 7, "catalog", "insert into messaging.dead_letter values (uuidv7(), 'FollowStock', 'shop.inventory.v1.StockChanged', 'b1', 'too odd')", "too odd" },

        { 8, "ordering", $"delete from orders where id = '{Confirmed}'", "was accepted (key key-1), but does not exist" },
        { 8, "ordering", $"update orders set status = 'pending' where id = '{Confirmed}'", "is still pending" },
        { 8, "ordering", $"update orders set member_id = uuidv7() where id = '{Confirmed}'", "but belongs to" },
        { 8, "ordering", "update answered_requests set order_id = uuidv7() where key = 'key-1'", "was answered with order" },
        { 8, "ordering", $"insert into orders select uuidv7(), member_id, status, currency, 0, placed_at, lines from orders where id = '{Declined}'", "no client requested it" },

        { 4, "coupons", "delete from messaging.inbox where ctid in (select ctid from messaging.inbox limit 1)", "coupons's IssueWelcomeCoupon has not applied" },

        { 10, "coupons", $"update coupons set member_id = '{Member}' where id = '{Unused}'", $"Member {Member} has 2 welcome coupons" },
        { 10, "coupons", $"delete from coupons where id = '{Unused}'", "has no welcome coupon" },
        { 10, "coupons", $"update redemptions set status = 'redeemed' where order_id = '{Voided}'", "is held by 2 orders" },
        { 10, "coupons", $"update coupons set status = 'usable', order_id = null where id = '{Coupon}'", "is usable, but the order that has it says redeemed" },
        { 10, "coupons", $"update coupons set status = 'reserved', order_id = '{Voided}' where id = '{Unused}'", "is reserved, but the order that has it says nothing" },
        { 10, "coupons", $"insert into redemptions values ('{Declined}', '{Unused}', 'reserved', 5)", "which does not use it" },
        { 10, "coupons", $"update redemptions set status = 'reserved' where order_id = '{Confirmed}'", "but its coupon is reserved" },
        { 10, "coupons", $"update redemptions set discount = 199 where order_id = '{Confirmed}'", "with 200 off, but its coupon is redeemed with 199" },
        { 10, "coupons", $"delete from redemptions where order_id = '{Confirmed}'", "but its coupon is not reserved" },
        { 10, "coupons", $"update coupons set member_id = uuidv7() where id = '{Coupon}'", "uses the coupon of member" },
        { 10, "ordering", $"update orders set status = 'confirmed' where id = '{Voided}'", "was used by 2 orders" },
        { 10, "ordering", $"update orders set status = 'rejected' where id = '{Confirmed}'", "is rejected, but its coupon is redeemed" },
        { 10, "ordering", $"update orders set discount = 201 where id = '{Confirmed}'", "discount of 201, but its lines of 200" },
        { 10, "ordering", $"update orders set coupon_id = null where id = '{Confirmed}'", "without a coupon" },

        { 4, "notifications", "delete from messaging.inbox where consumer = 'WelcomeMember'", "notifications's WelcomeMember has not applied" },
        { 4, "notifications", "delete from messaging.inbox where consumer = 'NotifyOfOrder'", "notifications's NotifyOfOrder has not applied" },
        { 12, "notifications", $"delete from notifications where kind = 'welcome' and member_id = '{Member}'", "Nobody was notified of shop.members.v1.MemberRegistered" },
        { 12, "notifications", $"delete from notifications where subject_id = '{Cancelled}' and kind = 'order_cancelled'", "Nobody was notified of shop.ordering.v1.OrderCancelled" },
        { 12, "notifications", $"insert into notifications select * from notifications where subject_id = '{Confirmed}'", "There are 2 notifications order_confirmed" },
        { 12, "notifications", $"insert into waiting_notifications values ('{Member}', 'refunded', '{Confirmed}')", "who has registered" },

        { 13, "order-history", $"delete from orders where id = '{Confirmed}'", "is not in OrderHistory" },
        { 13, "order-history", "insert into orders (id, status, lines) values (uuidv7(), 'pending', '[]')", "no order of the shop" },
        { 13, "order-history", $"update orders set status = 'dispatched' where id = '{Confirmed}'", "but dispatched in OrderHistory" },
        { 13, "order-history", $"update orders set reason = 'out_of_stock' where id = '{Declined}'", "rejected (out_of_stock) in OrderHistory" },
        { 13, "order-history", $"update orders set total = 1999 where id = '{Confirmed}'", "has another member, total or lines" },
        { 13, "order-history", $"update orders set lines = '[]' where id = '{Confirmed}'", "has another member, total or lines" },
        { 13, "order-history", $"update orders set payment_status = 'authorised' where id = '{Confirmed}'", "but authorised in OrderHistory" },
        { 13, "order-history", $"update orders set payment_refunded = 0 where id = '{Cancelled}'", "but refunded in OrderHistory" },
        { 13, "order-history", $"update orders set shipment_status = null where id = '{Confirmed}'", "but none in OrderHistory" },
        { 4, "order-history", "delete from messaging.inbox", "order-history's ProjectOrder has not applied" },

        { 9, "shipping", $"delete from shipments where order_id = '{Confirmed}'", "is confirmed, but has no shipment" },
        { 9, "shipping", $"insert into shipments select uuidv7(), order_id, member_id, status from shipments where order_id = '{Confirmed}'", "has 2 shipments" },
        { 9, "shipping", $"update shipments set status = 'called_off' where order_id = '{Confirmed}'", "is confirmed, but its shipment" },
        { 9, "shipping", $"update shipments set status = 'dispatched' where order_id = '{Confirmed}'", "is confirmed, but its shipment" },
        { 9, "shipping", $"update shipments set status = 'dispatched' where order_id = '{Cancelled}'", "is cancelled, but its shipment" },
        { 9, "ordering", $"update orders set reason = 'delivery_failed' where id = '{Cancelled}'", "is cancelled, but its shipment" },
        { 9, "shipping", $"update shipments set member_id = '{Member}' where order_id = '{Declined}'", "is rejected, but its shipment" },
        { 9, "shipping", $"insert into shipments values (uuidv7(), uuidv7(), '{Member}', 'created')", "for no order of the shop" },
        { 9, "ordering", $"update orders set status = 'delivered' where id = '{Confirmed}'", "is delivered, but its shipment" },
        { 9, "ordering", $"update orders set status = 'cancelled' where id = '{Confirmed}'", "is cancelled, but its shipment" },
    };

    [Theory]
    [MemberData(nameof(InDatabases))]
    public async Task What_is_wrong_in_a_database_is_found(int promise, string service, string sql, string words)
    {
        await using var shop = await OpenAsync(data);

        await shop.PlantAsync(service, sql);

        AssertFound(await shop.CheckAsync(), promise, words);
    }

    [Fact]
    public async Task The_copy_of_a_parked_event_must_be_on_its_topic_but_nobody_need_apply_it()
    {
        await using var shop = await OpenAsync(data);

        await shop.PlantAsync("catalog", $"insert into messaging.outbox values (event(9, 1), 99, 'shop.stock.v1.dead', '{Product}', 'shop.inventory.v1.StockChanged')");

        var report = await shop.CheckAsync();
        var violation = Assert.Single(report.Findings.SelectMany(finding => finding.Violations));
        Assert.Contains("is not on shop.stock.v1.dead", violation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partial_refund_of_an_order_that_goes_on_is_no_violation()
    {
        await using var shop = await OpenAsync(data);
        shop.Provider.Ledger[0]["refunded"] = 300;

        AssertFound(await shop.CheckAsync(), 3, "Payments has 0 KRW as refunded, the provider 300");

        await shop.PlantAsync("payments", $"""
            update intents set refunded = 300 where order_id = '{Confirmed}';
            with refund as (insert into transfers (order_id, kind) values ('{Confirmed}', 'refund') returning id)
            insert into postings select id, side.account, side.amount, 'KRW' from refund, (values ('taken', -300), ('members', 300)) side (account, amount)
            """);
        await shop.PlantAsync("order-history", $"update orders set payment_refunded = 300 where id = '{Confirmed}'");
        var report = await shop.CheckAsync();
        Assert.True(report.IsOk, report.ToText());
    }

    /// <summary>A release came before the authorisation, whose charge was found later: no event reports it, and nobody lists it.</summary>
    [Theory]
    [InlineData(Voided, "voided")]
    [InlineData(Declined, "declined")]
    public async Task A_charge_of_a_payment_that_never_was_is_no_violation(string order, string status)
    {
        await using var shop = await OpenAsync(data);
        await shop.PlantAsync("order-history", $"update orders set payment_status = null, payment_refunded = 0 where id = '{order}'");
        AssertFound(await shop.CheckAsync(), 13, $"is {status}, but none in OrderHistory");

        await shop.PlantAsync("payments", $"update intents set member_id = null where order_id = '{order}'");
        var report = await shop.CheckAsync();
        Assert.True(report.IsOk, report.ToText());
    }

    [Fact]
    public async Task A_second_charge_is_found()
    {
        await using var shop = await OpenAsync(data);

        shop.Provider.Charge("ch_9", $"{Confirmed}/again", captured: 2000);

        var report = await shop.CheckAsync();
        AssertFound(report, 3, "has 2 charges");
        AssertFound(report, 1, "captured − refunded = 4000");
    }

    [Fact]
    public async Task Money_that_stays_on_a_card_is_found()
    {
        await using var shop = await OpenAsync(data);

        shop.Provider.Ledger[1]["voided"] = false;

        AssertFound(await shop.CheckAsync(), 3, "2000 KRW are still authorised");
    }

    [Fact]
    public async Task Money_that_a_cancelled_order_has_not_given_back_is_found()
    {
        await using var shop = await OpenAsync(data);

        shop.Provider.Ledger[2]["refunded"] = 1500;

        AssertFound(await shop.CheckAsync(), 3, "500 KRW are captured");
    }

    [Fact]
    public async Task What_an_operator_refunds_may_have_left()
    {
        await using var shop = await OpenAsync(data);

        await shop.PlantAsync("ordering", $"update orders set reason = 'cancelled_by_operator' where id = '{Cancelled}'");
        await shop.PlantAsync("shipping", $"update shipments set status = 'delivered' where order_id = '{Cancelled}'");
        await shop.PlantAsync("order-history", $"update orders set reason = 'cancelled_by_operator', shipment_status = 'delivered' where id = '{Cancelled}'");

        var report = await shop.CheckAsync();
        Assert.True(report.IsOk, report.ToText());
    }

    [Fact]
    public async Task A_charge_for_nothing_is_found()
    {
        await using var shop = await OpenAsync(data);

        shop.Provider.Charge("ch_9", $"{Guid.CreateVersion7()}/authorise", captured: 10);

        AssertFound(await shop.CheckAsync(), 3, "belongs to no order");
    }

    [Fact]
    public async Task One_answer_to_two_keys_is_found()
    {
        await using var shop = await OpenAsync(data);

        shop.Record = shop.Record with { Orders = [.. shop.Record.Orders, new(Member, "key-4", Guid.Parse(Confirmed))] };

        AssertFound(await shop.CheckAsync(), 8, "was the answer to 2 keys");
    }

    [Fact]
    public async Task A_cancellation_that_was_accepted_and_lost_is_found()
    {
        await using var shop = await OpenAsync(data);

        shop.Record = shop.Record with { Orders = [.. shop.Record.Orders.Select(order => order with { IsCancelled = true })] };

        AssertFound(await shop.CheckAsync(), 8, $"The cancellation of order {Confirmed} was accepted, but it is confirmed");
    }
}
