using Shop.ServiceDefaults.Configuration;

namespace Shop.Console.Tracing;

internal static class TracingExtensions
{
    public static void AddTracing(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<DashboardOptions>(DashboardOptions.Section).Validate(
            options => options.Url is null || options.Url is { IsAbsoluteUri: true, Scheme: "http" or "https" }, "Dashboard:Url must be an address that begins with http:// or https://.");
        builder.Services.AddSingleton<TraceLinks>();
    }
}
