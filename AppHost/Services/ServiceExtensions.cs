namespace Shop.AppHost.Services;

/// <summary>Adds services and their dependencies, over WithReference and WaitFor.</summary>
internal static class ServiceExtensions
{
    /// <summary>
    /// A service with an HTTP/1.1 endpoint for health checks and keys, and a cleartext HTTP/2 endpoint for gRPC. Only replicas need the orchestrator's proxy:
    /// a single process is called directly, which costs less, and its address stays the same after a crash.
    /// </summary>
    public static IResourceBuilder<ProjectResource> AddService<TProject>(this IDistributedApplicationBuilder builder, string name, int replicas = 1)
        where TProject : IProjectMetadata, new()
    {
        var isProxied = replicas > 1 || builder.ExecutionContext.IsPublishMode;
        return builder.AddProcess<TProject>(name)
            .WithHttpEndpoint(name: "http", isProxied: isProxied)
            .WithHttpEndpoint(name: "grpc", env: "GRPC_PORT", isProxied: isProxied)
            .WithEndpoint("grpc", endpoint => endpoint.Transport = "http2")
            .WithHealth()
            .WithUrlForEndpoint("grpc", url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly)
            .SignsPageTokens()
            .WithReplicas(replicas);
    }

    /// <summary>The single entry point, on a fixed port and without the orchestrator's proxy, because it needs the callers' addresses.</summary>
    public static IResourceBuilder<ProjectResource> AddGateway<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() =>
        builder.AddProcess<TProject>(name)
            .WithHttpEndpoint(name: "http", port: builder.Port(name, "Shop:Ports:Gateway", ShopSettings.Of(builder).Ports.Gateway), isProxied: false)
            .WithHealth()
            .WithUrls(context => context.Urls.AddRange([
                new() { Url = "/scalar", DisplayText = "Try the API", Endpoint = Endpoint(context) },
                new() { Url = "/openapi/v1.json", DisplayText = "OpenAPI", Endpoint = Endpoint(context) }]))
            .WithExternalHttpEndpoints()
            .WithIconName("Globe")
            .SignsPageTokens();

    /// <summary>The web shop.</summary>
    public static IResourceBuilder<ProjectResource> AddStorefront<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() =>
        builder.AddWebProgram<TProject>(name, "Shop", "Shop:Ports:Storefront", ShopSettings.Of(builder).Ports.Storefront).WithIconName("BuildingShop");

    /// <summary>The operators' pages. It links traces to the dashboard, whose address is known when the process starts.</summary>
    public static IResourceBuilder<ProjectResource> AddConsole<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() =>
        builder.AddWebProgram<TProject>(name, "Console", "Shop:Ports:Console", ShopSettings.Of(builder).Ports.Console).WithIconName("Toolbox").WithEnvironment(context =>
        {
            if (context.ExecutionContext.IsRunMode && DashboardPort.AddressOf(builder.Configuration) is { } dashboard)
                context.EnvironmentVariables["Dashboard__Url"] = dashboard;
        });

    /// <summary>Pages for browsers, on a fixed port and without the orchestrator's proxy: the limits of sign-ins need the browsers' addresses.</summary>
    private static IResourceBuilder<ProjectResource> AddWebProgram<TProject>(this IDistributedApplicationBuilder builder, string name, string link, string setting, int port)
        where TProject : IProjectMetadata, new() =>
        builder.AddProcess<TProject>(name)
            .WithHttpEndpoint(name: "http", port: builder.Port(name, setting, port), isProxied: false)
            .WithHealth()
            .WithUrls(context => context.Urls.Add(new() { Url = "/", DisplayText = link, Endpoint = Endpoint(context) }))
            .WithExternalHttpEndpoints()
            .WithEnvironment("Sessions__EncryptionKey", builder.AddKey($"{name}-sessions-key", $"Encrypts the keys that encrypt the tokens in the {name}'s sessions. With another one, everybody signs in again."));

    /// <summary>The service has its own database and role, both named after it.</summary>
    public static IResourceBuilder<ProjectResource> Owns(this IResourceBuilder<ProjectResource> service, ShopPostgres postgres)
    {
        var database = postgres.DatabaseOf(service.Resource.Name);
        service.WithReference(database, connectionName: service.Resource.Name);
        return database.Resource is ServiceDatabase ? service.WaitForCompletion(service.ApplicationBuilder.AddDatabaseSetup()) : service;
    }

    /// <summary>The service publishes and handles events.</summary>
    public static IResourceBuilder<ProjectResource> Speaks(this IResourceBuilder<ProjectResource> service, IResourceBuilder<IResourceWithConnectionString> kafka) =>
        service.WithReference(kafka, connectionName: "kafka").WaitFor(kafka);

    /// <summary>The service finds these upstreams by name. It does not wait for them: calls handle an unavailable upstream, and all services start concurrently.</summary>
    public static IResourceBuilder<ProjectResource> Calls(this IResourceBuilder<ProjectResource> service, params IEnumerable<IResourceBuilder<ProjectResource>> upstreams)
    {
        foreach (var upstream in upstreams)
            service.WithReference(upstream);
        return service;
    }

    /// <summary>Readiness and liveness probes: used here by the dashboard and WaitFor, in Kubernetes by the kubelet.</summary>
    internal static IResourceBuilder<ProjectResource> WithHealth(this IResourceBuilder<ProjectResource> service)
    {
        service.WithUrlForEndpoint("http", url => (url.Url, url.DisplayText) = ("/health", "Health"));
        if (service.ApplicationBuilder.ExecutionContext.IsRunMode)
            return service.WithHttpHealthCheck("/health", endpointName: "http");

#pragma warning disable ASPIREPROBES001 // publishers have no other source of probes
        return service
            .WithHttpProbe(ProbeType.Readiness, "/health", endpointName: "http")
            .WithHttpProbe(ProbeType.Liveness, "/alive", endpointName: "http");
#pragma warning restore ASPIREPROBES001
    }

    internal static IResourceBuilder<ProjectResource> AddProcess<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
    {
        var process = builder.AddProject<TProject>(name, launchProfileName: null);
        return builder.ExecutionContext.IsRunMode
            ? process.WithEnvironment("ASPNETCORE_ENVIRONMENT", builder.Configuration["ASPNETCORE_ENVIRONMENT"] ?? "Development").SharesTheMachine().StartsItsProgram()
            : process;
    }

    private static EndpointReference Endpoint(ResourceUrlsCallbackContext context) => context.GetEndpoint("http")!;

    /// <summary>The fixed port on this machine; null for publishing, where the platform decides.</summary>
    internal static int? Port(this IDistributedApplicationBuilder builder, string use, string setting, int port) =>
        builder.ExecutionContext.IsRunMode ? builder.ClaimPort(use, setting, port) : null;
}
