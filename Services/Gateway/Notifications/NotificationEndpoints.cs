using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Gateway.Input;
using Shop.Gateway.OpenApi;
using Shop.Notifications.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Validation;
using static Shop.Notifications.V1.NotificationsService;

namespace Shop.Gateway.Notifications;

internal static class NotificationEndpoints
{
    private static readonly Dictionary<string, bool?> Switch = new() { ["true"] = true, ["false"] = false };

    public static void MapNotifications(this WebApplication app)
    {
        var notifications = app.MapGroup("/api/v1").WithTags("Notifications").AllowMembers();

        notifications.MapGet("/notifications", ListAsync)
            .WithName("listNotifications").WithSummary("The member's own notifications, newest first, and how many are unread.").Answers(400, 401, 403);
        notifications.MapPost("/notifications/{id}/read", ReadAsync)
            .WithName("readNotification").WithSummary("Marks a notification as read. Again: nothing changes.").Answers(401, 403, 404);
        notifications.MapPost("/notifications/read-all", ReadAllAsync)
            .WithName("readAllNotifications").WithSummary("Marks all notifications that the member has now as read.").Answers(401, 403);
    }

    private static async Task<Ok<NotificationPage>> ListAsync(
        string? unread, string? pageSize, string? pageToken, NotificationsServiceClient notifications, CancellationToken cancel)
    {
        var check = new Check();
        var request = new ListNotificationsRequest { PageSize = check.PageSize(pageSize), PageToken = pageToken ?? "" };
        if (check.Choice("unread", unread, Switch, null) is { } onlyUnread)
            request.Unread = onlyUnread;
        var answer = await check.AnswerAsync(notifications.ListNotificationsAsync(request, cancellationToken: cancel));
        var page = Pages.Of(answer.Notifications.Select(NotificationView.Of), answer.NextPageToken);
        return TypedResults.Ok(new NotificationPage(page.Items, page.NextPageToken, answer.Unread));
    }

    private static async Task<NoContent> ReadAsync(string id, NotificationsServiceClient notifications, CancellationToken cancel)
    {
        await notifications.MarkReadAsync(new() { NotificationId = RouteId.Required(id) }, cancellationToken: cancel);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ReadAllAsync(NotificationsServiceClient notifications, CancellationToken cancel)
    {
        await notifications.MarkAllReadAsync(new(), cancellationToken: cancel);
        return TypedResults.NoContent();
    }
}
