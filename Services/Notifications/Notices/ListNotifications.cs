using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Shop.Notifications.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Paging;
using Shop.ServiceDefaults.Validation;

namespace Shop.Notifications.Notices;

/// <summary>The caller's own notifications, newest first, and how many are unread. Pages go by the id, whose UUIDv7 grows with time.</summary>
internal sealed class ListNotifications(NotificationsDb db, PageTokens tokens)
{
    private const string List = "notifications";

    private sealed record Position(Guid Member, bool Unread, Guid Last);

    public async Task<ListNotificationsResponse> HandleAsync(ListNotificationsRequest request, Caller caller, CancellationToken cancel)
    {
        var member = caller.Member;
        var check = new Check();
        var size = Page.Size(check, request.PageSize);
        var position = tokens.ReadOrDefault<Position>(check, List, request.PageToken, issued => issued.Member == member);
        check.That(position is null || !request.HasUnread || request.Unread == position.Unread, "pageToken", "was issued for another value of unread");
        check.ThrowIfAny();

        var onlyUnread = position?.Unread ?? request.Unread;
        var own = db.Notifications.AsNoTracking().Where(notification => notification.MemberId == member);
        var query = onlyUnread ? own.Where(notification => notification.ReadAt == null) : own;
        if (position is not null)
            query = query.Where(notification => notification.Id < position.Last);

        var found = await query.OrderByDescending(notification => notification.Id).Take(size + 1).ToListAsync(cancel);
        return new()
        {
            Notifications = { found.Take(size).Select(ToContract) },
            NextPageToken = found.Count > size ? tokens.Write(List, new Position(member, onlyUnread, found[size - 1].Id)) : "",
            Unread = await own.CountAsync(notification => notification.ReadAt == null, cancel),
        };
    }

    private static V1.Notification ToContract(Notification notification)
    {
        var contract = new V1.Notification
        {
            NotificationId = notification.Id.ToString(),
            Kind = notification.Kind,
            Title = notification.Title,
            Body = notification.Body,
            CreatedAt = notification.CreatedAt.ToTimestamp(),
            ReadAt = notification.ReadAt?.ToTimestamp(),
        };
        if (notification.OrderId is { } order)
            contract.OrderId = order.ToString();
        return contract;
    }
}
