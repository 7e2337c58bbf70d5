using System.Text;
using Google.Protobuf;
using Shop.Notifications.Tests.Running;
using static Shop.Notifications.Tests.Running.ShopEvents;

namespace Shop.Notifications.Tests.Notices;

/// <summary>From the events of five services to notifications and mails.</summary>
public sealed class NotificationTests(RunningNotifications notifications) : IClassFixture<RunningNotifications>
{
    private static readonly string[] OfOrders = ["order_confirmed", "order_rejected", "order_dispatched", "order_delivered", "order_cancelled", "refunded"];

    [Theory]
    [InlineData("ko", "가입을 환영합니다", "쿠폰이 발급되었습니다", "주문이 확정되었습니다")]
    [InlineData("en", "Welcome", "You have a coupon", "Your order is confirmed")]
    public async Task A_member_is_notified_in_the_shop_and_by_mail_in_the_members_language(string language, params string[] titles)
    {
        var (member, order) = (await notifications.MemberAsync(language), Guid.CreateVersion7());
        await notifications.Events.PublishAsync(Issued(member, Guid.CreateVersion7()));
        await notifications.Events.PublishAsync(Confirmed(member, order));

        var made = await notifications.HasAsync(member, "welcome", "coupon_issued", "order_confirmed");

        Assert.Equal(titles, made.Select(one => one.Title));
        Assert.Equal([false, false, true], made.Select(one => one.HasOrderId));
        Assert.Equal(order.ToString(), made[2].OrderId);
        Assert.All(made, one => Assert.Null(one.ReadAt));
        await Eventually.TrueAsync(() => notifications.Mail.To(AddressOf(member)).Count() == 3, "three mails are there", TimeSpan.FromSeconds(60));
        Assert.Equal(titles.Order(), notifications.Mail.To(AddressOf(member)).Select(mail => mail.Subject).Order());
        var mail = notifications.Mail.To(AddressOf(member)).Single(mail => mail.Subject == titles[2]);
        Assert.Equal((language, $"order_confirmed.{order}@shop.local", "text/plain"), (mail.Body!.Headers["Content-Language"], mail.MessageId, mail.Body.ContentType.MimeType));
        Assert.Contains(made[2].Body, mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_happens_to_an_order_is_one_notification_of_its_kind()
    {
        var (member, order) = (await notifications.MemberAsync(), Guid.CreateVersion7());
        foreach (var @event in AllOf(member, order))
            await notifications.Events.PublishAsync(@event);

        var made = await notifications.HasAsync(member, OfOrders);

        Assert.All(made, one => Assert.Equal(order.ToString(), one.OrderId));
        Assert.Contains("4T2K9M0QXW7B5ZRC", made[2].Body, StringComparison.Ordinal);
        Assert.Contains("259,800원", made[5].Body, StringComparison.Ordinal);
    }

    /// <summary>As the same events (the inbox drops them), as other ones about the same (the unique key does), and in the other order.</summary>
    [Fact]
    public async Task What_is_delivered_again_and_in_another_order_makes_one_notification_and_one_mail()
    {
        var (member, order) = (await notifications.MemberAsync(), Guid.CreateVersion7());
        var events = AllOf(member, order).Append(Registered(member)).Select(@event => (Event: @event, Id: Guid.CreateVersion7())).ToList();
        foreach (var (@event, id) in events.AsEnumerable().Reverse().Concat(events))
            await notifications.Events.PublishAsync(@event, id);
        await Task.WhenAll(events.Concat(events).Select(one => notifications.Events.PublishAsync(one.Event)));
        await notifications.HasAsync(member, OfOrders);
        await HandledAsync();

        Assert.Equal(7, (await notifications.ListAsync(member)).Count);
        Assert.Equal(7, (await notifications.QueryAsync<string>("select distinct message_id from mails where recipient = @to", new { to = AddressOf(member) })).Count);
        Assert.Equal(7, (await notifications.QueryAsync<string>("select message_id from mails where recipient = @to", new { to = AddressOf(member) })).Count);
        Assert.Empty(await notifications.QueryAsync<string>("select reason from messaging.dead_letter"));
    }

    [Fact]
    public async Task What_is_about_a_member_who_is_not_known_yet_waits_for_the_registration()
    {
        var (member, order) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var @event in AllOf(member, order).Concat(AllOf(member, order)))
            await notifications.Events.PublishAsync(@event);
        await Eventually.TrueAsync(async () => await WaitingAsync([member]) == OfOrders.Length, "all wait");
        Assert.Empty(await notifications.ListAsync(member));

        await notifications.Events.PublishAsync(Registered(member, "en"));

        var made = await notifications.HasAsync(member, [.. OfOrders, "welcome"]);
        Assert.Equal("Your order is confirmed", made[0].Title);
        Assert.Equal(0, await WaitingAsync([member]));
        await Eventually.TrueAsync(() => notifications.Mail.To(AddressOf(member)).Count() == 7, "seven mails are there", TimeSpan.FromSeconds(60));
    }

    /// <summary>Each event is handled at the moment when its member's registration is: nothing is left waiting, in whichever order their transactions commit.</summary>
    [Fact]
    public async Task Registrations_and_events_at_the_same_time_leave_nothing_waiting()
    {
        var members = Enumerable.Range(0, 300).Select(_ => (Id: Guid.CreateVersion7(), Order: Guid.CreateVersion7())).ToList();
        IEnumerable<IMessage> events = members.SelectMany<(Guid Id, Guid Order), IMessage>(member => [Confirmed(member.Id, member.Order), Issued(member.Id, Guid.CreateVersion7()), Registered(member.Id)]);
        await Task.WhenAll(events.Select(@event => notifications.Events.PublishAsync(@event)));
        var ids = members.ConvertAll(member => member.Id);

        await Eventually.TrueAsync(async () => (await notifications.QueryAsync<int>("select count(*)::int from notifications where member_id = any(@ids)", new { ids })).Single() == 900,
            "everybody has three", TimeSpan.FromSeconds(60));
        Assert.Equal(0, await WaitingAsync(ids));
    }

    [Fact]
    public async Task Who_registered_before_there_were_addresses_in_events_is_notified_without_a_mail_until_the_address_is_known()
    {
        var member = await notifications.MemberAsync(email: "");
        Assert.Empty(await notifications.QueryAsync<string>("select recipient from mails where message_id like @like", new { like = $"%{member}%" }));

        await notifications.Events.PublishAsync(Registered(member));
        await notifications.Events.PublishAsync(Registered(member, email: ""));
        await HandledAsync();
        await notifications.Events.PublishAsync(Confirmed(member, Guid.CreateVersion7()));

        await Eventually.TrueAsync(() => notifications.Mail.To(AddressOf(member)).Any(), "the mail is there", TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Who_registered_before_the_service_was_there_is_known() => await notifications.HasAsync(notifications.OldMember, "welcome");

    /// <summary>Who signs up with somebody else's address writes nothing to it.</summary>
    [Theory]
    [InlineData("ko")]
    [InlineData("en")]
    public async Task A_name_is_nowhere_in_the_mail(string language)
    {
        var member = await notifications.MemberAsync(language, "You won: http://evil.example\r\nBcc: all@example.com");

        await Eventually.TrueAsync(() => notifications.Mail.To(AddressOf(member)).Any(), "the mail is there", TimeSpan.FromSeconds(60));

        using var raw = new MemoryStream();
        var mail = notifications.Mail.To(AddressOf(member)).Single();
        await mail.WriteToAsync(raw, TestContext.Current.CancellationToken);
        foreach (var text in new[] { Encoding.UTF8.GetString(raw.ToArray()), mail.TextBody, $"{mail.To}", (await notifications.ListAsync(member)).Single().Body })
        {
            Assert.DoesNotContain("You won", text, StringComparison.Ordinal);
            Assert.DoesNotContain("evil.example", text, StringComparison.Ordinal);
        }
        Assert.Empty(mail.Bcc);
    }

    [Fact]
    public async Task Each_refund_of_an_order_is_a_notification_with_its_own_amount_however_often_it_is_reported()
    {
        var (member, order) = (await notifications.MemberAsync("en"), Guid.CreateVersion7());
        var refunds = new[] { Refunded(member, order, 50_000, sum: 50_000), Refunded(member, order, 9_800, sum: 59_800), Refunded(member, order, 200_000, sum: 259_800) };
        foreach (var refund in refunds.Concat(refunds.Reverse()))
            await notifications.Events.PublishAsync(refund);
        await HandledAsync();

        var made = (await notifications.ListAsync(member)).Where(one => one.Kind == "refunded").ToList();

        Assert.Equal(["Refunded: ₩200,000", "Refunded: ₩50,000", "Refunded: ₩9,800"], made.Select(one => one.Body).Order(StringComparer.Ordinal));
        Assert.All(made, one => Assert.Equal(order.ToString(), one.OrderId));
        await Eventually.TrueAsync(() => notifications.Mail.To(AddressOf(member)).Count(mail => mail.Subject == "You have a refund") == 3, "three mails are there", TimeSpan.FromSeconds(60));
    }

    /// <summary>As one is left by a version that is newer than this one, or by a fault.</summary>
    [Theory]
    [InlineData("another", "{}")]
    [InlineData("order_rejected", "null")]
    [InlineData("order_cancelled", "[")]
    public async Task A_waiting_notification_whose_text_cannot_be_written_holds_up_no_other_and_stays(string kind, string facts)
    {
        var (bad, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await notifications.ExecuteAsync("insert into waiting_notifications (id, member_id, kind, subject_id, facts) select uuidv7(), @bad, @kind, uuidv7(), @facts from generate_series(1, 60)", new { bad, kind, facts });
        await notifications.Events.PublishAsync(Confirmed(other, Guid.CreateVersion7()));
        await Eventually.TrueAsync(async () => await WaitingAsync([bad, other]) == 61, "all wait", TimeSpan.FromSeconds(60));

        await notifications.Events.PublishAsync(Registered(bad));
        await notifications.HasAsync(bad, "welcome");
        await notifications.Events.PublishAsync(Registered(other));

        await notifications.HasAsync(other, "order_confirmed", "welcome");
        Assert.Equal(60, await WaitingAsync([bad]));
        Assert.Equal(["welcome"], (await notifications.ListAsync(bad)).Select(one => one.Kind));
        var id = (await notifications.QueryAsync<Guid>("select id from waiting_notifications where member_id = @bad limit 1", new { bad })).Single();
        await Eventually.TrueAsync(() => notifications.Log.Text.Contains($"Waiting notification {id} cannot be made", StringComparison.Ordinal), "it is logged");
        await notifications.ExecuteAsync("delete from waiting_notifications where member_id = @bad", new { bad });
    }

    /// <summary>Behind everything that was published before, on every partition of the topics.</summary>
    private async Task HandledAsync()
    {
        var members = Enumerable.Range(0, 32).Select(_ => Guid.CreateVersion7()).ToList();
        await Task.WhenAll(members.SelectMany(member =>
        {
            var order = Guid.CreateVersion7();
            return new IMessage[] { Registered(member), Confirmed(member, order), Dispatched(member, order), Refunded(member, order) };
        }).Select(@event => notifications.Events.PublishAsync(@event)));
        foreach (var member in members)
            await notifications.HasAsync(member, "welcome", "order_confirmed", "order_dispatched", "refunded");
    }

    private async Task<int> WaitingAsync(List<Guid> ids) =>
        (await notifications.QueryAsync<int>("select count(*)::int from waiting_notifications where member_id = any(@ids)", new { ids })).Single();
}
