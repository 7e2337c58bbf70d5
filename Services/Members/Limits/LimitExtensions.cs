using Shop.ServiceDefaults.Configuration;

namespace Shop.Members.Limits;

internal static class LimitExtensions
{
    public static void AddLimits(this IHostApplicationBuilder builder) => builder.AddValidatedOptions<LimitOptions>(LimitOptions.Section);
}
