using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Discovery;
using Shop.ServiceDefaults.Endpoints;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Health;
using Shop.ServiceDefaults.Lifetime;
using Shop.ServiceDefaults.Telemetry;

namespace Shop.ServiceDefaults;

/// <summary>What every service of the shop must have, and nothing of the business.</summary>
public static class ServiceDefaultsExtensions
{
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder, Action<ServiceDefaultsOptions>? configure = null)
    {
        var options = new ServiceDefaultsOptions();
        configure?.Invoke(options);

        builder.Services.AddSingleton(options);
        builder.Services.TryAddSingleton(TimeProvider.System);

        builder.AddTelemetry();
        builder.AddLifetime();
        builder.AddHealth();
        builder.AddWarmUp();
        builder.AddEndpoints();
        builder.AddDiscovery();
        builder.AddErrors();
        if (options.ChecksTokens)
            builder.AddAccess();

        return builder;
    }

    /// <summary>
    /// The middlewares every service needs, in their order, and the health endpoints.
    /// A service's own middlewares come after this call: they see who calls, and their failures become problem details.
    /// </summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        app.UseErrors();
        app.UseEndpointLimits();
        if (app.Services.GetRequiredService<ServiceDefaultsOptions>().ChecksTokens)
            app.UseAccess();
        app.MapHealth();

        return app;
    }
}
