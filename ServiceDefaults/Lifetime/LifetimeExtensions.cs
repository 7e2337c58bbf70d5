using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Configuration;

namespace Shop.ServiceDefaults.Lifetime;

internal static class LifetimeExtensions
{
    public static void AddLifetime(this WebApplicationBuilder builder)
    {
        builder.AddValidatedOptions<LifetimeOptions>(LifetimeOptions.Section);
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddSingleton<LastTelemetry>();
        builder.Services.AddHostedService<GracefulStop>();
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<LifetimeOptions>>((host, lifetime) =>
        {
            host.ShutdownTimeout = lifetime.Value.Timeout;
            // A hanging request must not use up the time for closing consumers.
            host.ServicesStopConcurrently = true;
        });
    }
}
