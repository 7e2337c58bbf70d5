using Grpc.Core;
using Shop.Notifications.Notices;
using Shop.Notifications.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.Notifications;

/// <summary>The gRPC API: one line per call, each to its feature, each saying who may call it.</summary>
internal sealed class NotificationsService(ListNotifications listNotifications, MarkRead markRead) : V1.NotificationsService.NotificationsServiceBase
{
    [AllowMembers]
    public override Task<ListNotificationsResponse> ListNotifications(ListNotificationsRequest request, ServerCallContext context) =>
        listNotifications.HandleAsync(request, context.Caller(), context.CancellationToken);

    [AllowMembers]
    public override Task<MarkReadResponse> MarkRead(MarkReadRequest request, ServerCallContext context) =>
        markRead.OneAsync(request, context.Caller(), context.CancellationToken);

    [AllowMembers]
    public override Task<MarkAllReadResponse> MarkAllRead(MarkAllReadRequest request, ServerCallContext context) =>
        markRead.AllAsync(context.Caller(), context.CancellationToken);
}
