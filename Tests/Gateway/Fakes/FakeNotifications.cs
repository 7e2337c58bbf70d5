using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Shop.Notifications.V1;

namespace Shop.Gateway.Tests.Fakes;

public sealed class FakeNotifications : NotificationsService.NotificationsServiceBase
{
    public const string NotificationId = "0198c0de-0000-7000-8000-0000000000dd";
    private static readonly Timestamp Morning = Timestamp.FromDateTimeOffset(new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));

    public Calls Calls { get; } = new();

    public static Notification Confirmed => new()
    {
        NotificationId = NotificationId, Kind = "order_confirmed", Title = "주문이 확정되었습니다", Body = "<b>259,800원</b>", OrderId = FakeOrdering.OrderId, CreatedAt = Morning,
    };

    public static Notification Welcome => new()
    {
        NotificationId = NotificationId, Kind = "welcome", Title = "가입을 환영합니다", Body = "김하나님", CreatedAt = Morning, ReadAt = Morning,
    };

    public override Task<ListNotificationsResponse> ListNotifications(ListNotificationsRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new ListNotificationsResponse { Notifications = { Confirmed }, Unread = 1 });

    public override Task<MarkReadResponse> MarkRead(MarkReadRequest request, ServerCallContext context) => Calls.TakeAsync(request, context, new MarkReadResponse());

    public override Task<MarkAllReadResponse> MarkAllRead(MarkAllReadRequest request, ServerCallContext context) => Calls.TakeAsync(request, context, new MarkAllReadResponse());
}
