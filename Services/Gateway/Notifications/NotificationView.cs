using System.ComponentModel.DataAnnotations;
using Shop.Notifications.V1;

namespace Shop.Gateway.Notifications;

/// <param name="Title">Text, like the body, and never markup; in the member's language when it was made.</param>
/// <param name="OrderId">Null: it is about no order.</param>
/// <param name="ReadAt">Null: not read yet.</param>
internal sealed record NotificationView(
    string Id,
    [property: AllowedValues("welcome", "coupon_issued", "order_confirmed", "order_rejected", "order_dispatched", "order_delivered", "order_cancelled", "refunded")] string Kind,
    string Title,
    string Body,
    string? OrderId,
    DateTime CreatedAt,
    DateTime? ReadAt)
{
    public static NotificationView Of(Notification notification) => new(
        notification.NotificationId,
        notification.Kind,
        notification.Title,
        notification.Body,
        notification.HasOrderId ? notification.OrderId : null,
        notification.CreatedAt.ToDateTime(),
        notification.ReadAt?.ToDateTime());
}

/// <summary>A page of notifications.</summary>
/// <param name="NextPageToken">For the next page; null on the last one.</param>
/// <param name="Unread">How many of all of the member's notifications are not read yet.</param>
internal sealed record NotificationPage(IReadOnlyList<NotificationView> Items, string? NextPageToken, int Unread);
