using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Health;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Dashboard;

/// <summary>The dashboard is one more program of the model, hidden, and started like the others; so it ends with them, too.</summary>
internal sealed partial class DashboardResource(
    DashboardOptions options,
    ResourceServiceHost resourceService,
    IConfiguration configuration,
    IOptions<HealthCheckServiceOptions> healthChecks,
    ILogger<DistributedApplication> logger) : IDistributedApplicationEventingSubscriber
{
    private const string HealthCheck = "aspire-dashboard_check";

    public Task SubscribeAsync(IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        eventing.Subscribe<BeforeStartEvent>((@event, _) =>
        {
            AddTo(@event.Model, eventing);
            return Task.CompletedTask;
        });
        return Task.CompletedTask;
    }

    private void AddTo(DistributedApplicationModel model, IDistributedApplicationEventing eventing)
    {
        var dashboard = new ExecutableResource(DashboardEndpoints.Resource, options.Path, Path.GetDirectoryName(options.Path)!);
        foreach (var endpoint in DashboardEndpoints.Of(options))
            dashboard.Annotations.Add(endpoint);
        dashboard.Annotations.Add(new HiddenAnnotation());
        dashboard.Annotations.Add(new CommandLineArgsCallbackAnnotation(args => args.Add("dashboard")));
        dashboard.Annotations.Add(new EnvironmentCallbackAnnotation(SetEnvironmentAsync));

        var frontend = dashboard.GetEndpoints().First();
        healthChecks.Value.Registrations.Add(new HealthCheckRegistration(
            HealthCheck, new HttpHealthCheck(frontend, "/health", 200), failureStatus: null, tags: null));
        dashboard.Annotations.Add(new HealthCheckAnnotation(HealthCheck));
        eventing.Subscribe<ResourceReadyEvent>(dashboard, (_, _) =>
        {
            Listening(logger, frontend.Url);
            if (options.BrowserToken is { } token)
                Login(logger, $"{frontend.Url}/login?t={token}");
            return Task.CompletedTask;
        });
        model.Resources.Insert(0, dashboard);
    }

    private async Task SetEnvironmentAsync(EnvironmentCallbackContext context)
    {
        var variables = context.EnvironmentVariables;
        foreach (var (name, value) in configuration.AsEnumerable().Where(c => c.Value is not null && c.Key.StartsWith("ASPIRE_DASHBOARD_", StringComparison.OrdinalIgnoreCase)))
            variables[name] = value!;

        var dashboard = (IResourceWithEndpoints)context.Resource;
        var frontends = dashboard.GetEndpoints().Where(e => e.EndpointName is "http" or "https");
        var urls = new ReferenceExpressionBuilder();
        foreach (var frontend in frontends)
        {
            urls.AppendLiteral(urls.IsEmpty ? "" : ";");
            urls.Append($"{Listen(frontend)}");
        }

        variables["ASPNETCORE_URLS"] = urls.Build();
        variables["ASPNETCORE_ENVIRONMENT"] = "Production";
        variables["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = ListenOrNothing(dashboard.GetEndpoint(DashboardEndpoints.OtlpGrpc));
        variables["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = ListenOrNothing(dashboard.GetEndpoint(DashboardEndpoints.OtlpHttp));
        variables["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = await resourceService.GetAddressAsync(context.CancellationToken).ConfigureAwait(false);
        Secure(variables, "FRONTEND", "BrowserToken", "BROWSERTOKEN", options.BrowserToken);
        Secure(variables, "OTLP", "ApiKey", "PRIMARYAPIKEY", options.OtlpKey);
        Secure(variables, "RESOURCESERVICECLIENT", "ApiKey", "APIKEY", options.ResourceServiceKey);

        // Nothing of ours uses the telemetry API; open, it would show all telemetry without the browser's token.
        Secure(variables, "API", "ApiKey", "PRIMARYAPIKEY", options.OtlpKey);
    }

    private void Secure(Dictionary<string, object> variables, string part, string mode, string key, string? secret)
    {
        var secured = !options.Unsecured && !string.IsNullOrEmpty(secret);
        variables[$"DASHBOARD__{part}__AUTHMODE"] = secured ? mode : "Unsecured";
        if (secured)
            variables[$"DASHBOARD__{part}__{key}"] = secret!;
    }

    /// <summary>Where the dashboard itself listens, behind the orchestrator's proxy.</summary>
    private static ReferenceExpression Listen(EndpointReference endpoint) =>
        ReferenceExpression.Create($"{endpoint.Scheme}://{endpoint.EndpointAnnotation.TargetHost}:{endpoint.Property(EndpointProperty.TargetPort)}");

    private static object ListenOrNothing(EndpointReference endpoint) => endpoint.Exists ? Listen(endpoint) : "";

    [LoggerMessage(EventId = 4, Level = LogLevel.Information, Message = "Now listening on: {DashboardUrl}")]
    private static partial void Listening(ILogger logger, string dashboardUrl);

    [LoggerMessage(EventId = 5, Level = LogLevel.Information, Message = "Login to the dashboard at {DashboardLoginUrl}")]
    private static partial void Login(ILogger logger, string dashboardLoginUrl);
}
