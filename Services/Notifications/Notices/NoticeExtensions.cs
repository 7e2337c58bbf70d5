using Shop.ServiceDefaults.Configuration;

namespace Shop.Notifications.Notices;

internal static class NoticeExtensions
{
    public static void AddNotices(this IHostApplicationBuilder builder) =>
        builder.AddValidatedOptions<NotificationOptions>(NotificationOptions.Section);
}
