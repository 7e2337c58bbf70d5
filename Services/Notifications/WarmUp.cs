using Shop.Notifications.Notices;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.Notifications;

internal static class WarmUp
{
    public static void AddNotificationsWarmUp(this IHostApplicationBuilder builder) => builder.AddRehearsal<NotificationsDb>("a new member and a list", async (services, cancel) =>
    {
        var member = Guid.CreateVersion7();
        await services.GetRequiredService<Notify>().RegisteredAsync(new() { Id = member, Email = "warm-up@shop.invalid" }, cancel);
        await services.GetRequiredService<ListNotifications>().HandleAsync(new(), Caller.OfMember(member), cancel);
    });
}
