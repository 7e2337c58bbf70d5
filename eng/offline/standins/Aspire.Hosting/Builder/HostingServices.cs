using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Health;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

internal static class HostingServices
{
    public static void AddHosting(this IServiceCollection services, DistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        QuietLogging(builder, options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(builder.ExecutionContext);
        services.AddSingleton(builder.Eventing);
        services.AddSingleton(_ => new DistributedApplicationModel(builder.Resources));
        services.AddSingleton<ResourceNotificationService>();
        services.AddSingleton<ResourceLoggerService>();
        services.AddSingleton(s => new ResourceCommandService(
            s.GetRequiredService<ResourceNotificationService>(), s.GetRequiredService<ResourceLoggerService>(), s));
        services.Configure<ResourceNotificationServiceOptions>(o =>
            // Without a dashboard nobody can help a resource up again, so nobody waits for it.
            o.DefaultWaitBehavior = options.DisableDashboard ? WaitBehavior.StopOnResourceUnavailable : WaitBehavior.WaitOnResourceUnavailable);
        services.AddHttpClient();

        services.AddHealthChecks();
        services.AddSingleton<ResourceHealthMonitor>();
        services.AddHostedService<ResourceHealthService>();
        services.AddHostedService<LifetimeMessages>();
        if (options.EnableResourceLogging)
            services.AddHostedService<ResourceLogForwarder>();
        if (!builder.ExecutionContext.IsRunMode)
            return;

        services.AddDcp(builder.Configuration);
        if (!options.DisableDashboard)
        {
            services.AddSingleton<ResourceServiceHost>();
            services.AddHostedService(s => s.GetRequiredService<ResourceServiceHost>());
            services.AddSingleton<DashboardOptions>();
            services.AddEventingSubscriber<DashboardResource>();
        }

        services.AddHostedService<OrchestratorService>();
    }

    /// <summary>The console is for what the author of the AppHost has to know.</summary>
    private static void QuietLogging(DistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        var logging = builder.Logging;
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        logging.AddFilter("Grpc.AspNetCore.Server", LogLevel.Error);
        logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        if (!options.DisableDashboard)
            logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService", LogLevel.None);
        logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
    }

    private static void AddDcp(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(s => DcpOptions.From(configuration, s.GetRequiredService<DistributedApplicationOptions>()));
        services.AddSingleton<DcpProcess>();
        services.AddSingleton<IDcp, DcpClient>();
        services.AddSingleton<DcpLogs>();
        services.AddSingleton<EndpointAllocator>();
        services.AddSingleton<ExecutableSpecs>();
        services.AddSingleton<Orchestrator>();
    }
}
