using Grpc.Core;
using Shop.Notifications.Tests.Running;
using Shop.Notifications.V1;
using Shop.ServiceDefaults.Errors;
using static Shop.Notifications.Tests.Running.ShopEvents;

namespace Shop.Notifications.Tests.Notices;

public sealed class ReadingTests(RunningNotifications notifications) : IClassFixture<RunningNotifications>
{
    [Fact]
    public async Task Pages_are_newest_first_and_count_what_is_unread()
    {
        var member = await WithSevenAsync();
        var client = notifications.As(member);
        var all = await notifications.ListAsync(member);
        await client.MarkReadAsync(new() { NotificationId = all[1].NotificationId });

        var first = await client.ListNotificationsAsync(new() { PageSize = 4 });
        var second = await client.ListNotificationsAsync(new() { PageSize = 4, PageToken = first.NextPageToken });

        Assert.Equal(all.Select(one => one.NotificationId), first.Notifications.Concat(second.Notifications).Select(one => one.NotificationId));
        Assert.Equal(all.Select(one => one.NotificationId).OrderDescending(StringComparer.Ordinal), all.Select(one => one.NotificationId));
        Assert.Equal((6, 6, ""), (first.Unread, second.Unread, second.NextPageToken));
        var unread = await client.ListNotificationsAsync(new() { Unread = true, PageSize = 4 });
        var rest = await client.ListNotificationsAsync(new() { PageSize = 4, PageToken = unread.NextPageToken });
        Assert.Equal(all.Where(one => one.NotificationId != all[1].NotificationId), unread.Notifications.Concat(rest.Notifications));
    }

    [Fact]
    public async Task A_page_token_is_for_its_own_list()
    {
        var (member, other) = (await WithSevenAsync(), await WithSevenAsync());
        var token = (await notifications.As(member).ListNotificationsAsync(new() { Unread = true, PageSize = 2 })).NextPageToken;

        Assert.Equal(2, (await notifications.As(member).ListNotificationsAsync(new() { Unread = true, PageSize = 2, PageToken = token })).Notifications.Count);
        foreach (var (who, request) in new (Guid, ListNotificationsRequest)[]
        {
            (other, new() { PageToken = token }), (member, new() { PageToken = token, Unread = false }), (member, new() { PageToken = token + "x" }), (member, new() { PageToken = token, PageSize = 101 }),
        })
        {
            await Answers.FailsAsync(StatusCode.InvalidArgument, async () => await notifications.As(who).ListNotificationsAsync(request));
        }
    }

    [Fact]
    public async Task Reading_twice_keeps_the_first_time()
    {
        var member = await notifications.MemberAsync();
        var id = (await notifications.ListAsync(member)).Single().NotificationId;
        await notifications.As(member).MarkReadAsync(new() { NotificationId = id });
        var readAt = (await notifications.ListAsync(member)).Single().ReadAt;

        await notifications.As(member).MarkReadAsync(new() { NotificationId = id });
        await notifications.As(member).MarkAllReadAsync(new());

        Assert.NotNull(readAt);
        Assert.Equal(readAt, (await notifications.ListAsync(member)).Single().ReadAt);
    }

    [Fact]
    public async Task Reading_all_reads_the_callers_and_nobody_elses()
    {
        var (member, other) = (await WithSevenAsync(), await WithSevenAsync());

        await notifications.As(member).MarkAllReadAsync(new());
        await notifications.As(member).MarkAllReadAsync(new());

        Assert.Equal(0, (await notifications.As(member).ListNotificationsAsync(new())).Unread);
        Assert.Equal(7, (await notifications.As(other).ListNotificationsAsync(new())).Unread);
    }

    [Fact]
    public async Task Another_members_notification_is_not_found_and_not_read()
    {
        var (member, other) = (await notifications.MemberAsync(), await notifications.MemberAsync());
        var id = (await notifications.ListAsync(member)).Single().NotificationId;

        foreach (var unknown in new[] { id, Guid.CreateVersion7().ToString(), "1", "" })
            await Answers.FailsAsync(StatusCode.NotFound, async () => await notifications.As(other).MarkReadAsync(new() { NotificationId = unknown }));

        Assert.Equal(1, (await notifications.As(member).ListNotificationsAsync(new())).Unread);
        Assert.DoesNotContain(await notifications.ListAsync(other), one => one.NotificationId == id);
    }

    private async Task<Guid> WithSevenAsync()
    {
        var (member, order) = (await notifications.MemberAsync(), Guid.CreateVersion7());
        foreach (var @event in AllOf(member, order))
            await notifications.Events.PublishAsync(@event);
        await Eventually.TrueAsync(async () => (await notifications.ListAsync(member)).Count == 7, "there are seven");
        return member;
    }
}
