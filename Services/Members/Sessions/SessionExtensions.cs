using Shop.ServiceDefaults.Configuration;

namespace Shop.Members.Sessions;

internal static class SessionExtensions
{
    public static void AddSessions(this IHostApplicationBuilder builder) => builder.AddValidatedOptions<RefreshOptions>(RefreshOptions.Section);
}
