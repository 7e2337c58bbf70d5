using Microsoft.Extensions.Options;
using Shop.Notifications.Members;
using Shop.Notifications.Notices;
using Shop.Persistence;
using Shop.Persistence.Workers;

namespace Shop.Notifications;

internal static class Features
{
    public static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddScoped<KnownMembers>()
        .AddScoped<Notify>()
        .AddScoped<ListNotifications>()
        .AddScoped<MarkRead>()
        .AddSingleton<UnmadeNotifications>()
        .AddWorker<WaitingWorker>()
        // Ids are UUIDv7 and contain their time, so the primary key finds the old rows.
        .AddPurge(provider => new("notifications", "id < persistence.first_id(now() - $1)", Retention(provider)))
        .AddPurge(provider => new("waiting_notifications", "id < persistence.first_id(now() - $1)", Retention(provider)));

    private static TimeSpan Retention(IServiceProvider provider) => provider.GetRequiredService<IOptions<NotificationOptions>>().Value.Retention;
}
