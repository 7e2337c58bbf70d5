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
using Shop.ServiceDefaults.WarmUp;

namespace Shop.ServiceDefaults;

/// <summary>The defaults of every service.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Adds telemetry, graceful stop, health checks, warm-up, endpoint limits, service discovery, error mapping and access checks. Call it first.</summary>
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
    /// Adds the middlewares of every service, in their order, and maps the health endpoints.
    /// Add a service's own middlewares after this call: then they see the caller, and their failures become problem details.
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
