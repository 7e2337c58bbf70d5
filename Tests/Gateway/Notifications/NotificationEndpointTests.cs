using Grpc.Core;
using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;
using Shop.Notifications.V1;

namespace Shop.Gateway.Tests.Notifications;

public sealed class NotificationEndpointTests
{
    private const string Path = "/api/v1/notifications";
    private readonly RunningGateway _gateway;
    private readonly string _member;

    public NotificationEndpointTests(RunningGateway gateway)
    {
        (_gateway = gateway).Services.Reset();
        _member = gateway.Tokens.Member();
    }

    private Calls Calls => _gateway.Services.Notifications.Calls;

    [Fact]
    public async Task They_are_listed_with_the_number_of_unread_ones_beside_them()
    {
        Calls.Answer<ListNotificationsRequest>(_ => new ListNotificationsResponse { Notifications = { FakeNotifications.Confirmed, FakeNotifications.Welcome }, NextPageToken = "more", Unread = 7 });

        var answer = await _gateway.GetAsync($"{Path}?unread=true&pageSize=2&pageToken=abc", _member);

        answer.IsJson($$"""
            { "items": [
                { "id": "{{FakeNotifications.NotificationId}}", "kind": "order_confirmed", "title": "주문이 확정되었습니다", "body": "<b>259,800원</b>",
                  "orderId": "{{FakeOrdering.OrderId}}", "createdAt": "2026-03-01T09:00:00Z", "readAt": null },
                { "id": "{{FakeNotifications.NotificationId}}", "kind": "welcome", "title": "가입을 환영합니다", "body": "김하나님",
                  "orderId": null, "createdAt": "2026-03-01T09:00:00Z", "readAt": "2026-03-01T09:00:00Z" } ],
              "nextPageToken": "more", "unread": 7 }
            """);
        var asked = Calls.Last<ListNotificationsRequest>();
        Assert.Equal((true, 2, "abc", _member), (asked.Unread, asked.PageSize, asked.PageToken, Calls.LastToken));
    }

    [Theory]
    [InlineData("", false, false)]
    [InlineData("?unread=", false, false)]
    [InlineData("?unread=true", true, true)]
    [InlineData("?unread=false", true, false)]
    public async Task What_is_asked_for_is_what_was_given(string query, bool isGiven, bool unread)
    {
        (await _gateway.GetAsync(Path + query, _member)).IsJson($$"""
            { "items": [ { "id": "{{FakeNotifications.NotificationId}}", "kind": "order_confirmed", "title": "주문이 확정되었습니다", "body": "<b>259,800원</b>",
                "orderId": "{{FakeOrdering.OrderId}}", "createdAt": "2026-03-01T09:00:00Z", "readAt": null } ], "nextPageToken": null, "unread": 1 }
            """);

        var asked = Calls.Last<ListNotificationsRequest>();
        Assert.Equal((isGiven, unread), (asked.HasUnread, asked.Unread));
    }

    [Fact]
    public async Task All_that_is_wrong_is_named_at_once()
    {
        Calls.Refuse("pageToken");

        var answer = await _gateway.GetAsync($"{Path}?unread=maybe&pageSize=x&pageToken=abc", _member);

        answer.IsProblem(400);
        Assert.Equal(["pageSize", "pageToken", "unread"], answer.ErrorFields.Order());
    }

    [Fact]
    public async Task One_is_read_and_read_again()
    {
        for (var i = 0; i < 2; i++)
            Assert.Equal(204, (int)(await _gateway.PostAsync($"{Path}/{FakeNotifications.NotificationId}/read", "", _member)).Status);

        Assert.Equal((FakeNotifications.NotificationId, _member), (Calls.Last<MarkReadRequest>().NotificationId, Calls.LastToken));
        Calls.Fail(StatusCode.NotFound);
        (await _gateway.PostAsync($"{Path}/{FakeNotifications.NotificationId}/read", "", _member)).IsProblem(404);
        (await _gateway.PostAsync($"{Path}/abc/read", "", _member)).IsProblem(404);
    }

    [Fact]
    public async Task All_are_read()
    {
        Assert.Equal(204, (int)(await _gateway.PostAsync($"{Path}/read-all", "", _member)).Status);

        Assert.Equal((1, _member), (Calls.Count<MarkAllReadRequest>(), Calls.LastToken));
    }
}
