using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Shop.SampleAppHost.Scenarios;

/// <summary>A server that is a program, not a container: the way the shop embeds its infrastructure.</summary>
internal sealed class SampleServer(string name, ParameterResource password) : ExecutableResource(name, "sleep", "."), IResourceWithConnectionString
{
    private EndpointReference Endpoint => new(this, "tcp");

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"Host={Endpoint.Property(EndpointProperty.Host)};Port={Endpoint.Property(EndpointProperty.Port)};Password={password}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.Host)}")),
        new("Password", ReferenceExpression.Create($"{password}")),
    ];
}

/// <summary>Exists only inside its server.</summary>
internal sealed class SampleDatabase(string name, SampleServer server) : Resource(name), IResourceWithParent<SampleServer>, IResourceWithConnectionString
{
    public SampleServer Parent { get; } = server;

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{(IResourceWithConnectionString)Parent};Database={Name}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        [.. ((IResourceWithConnectionString)Parent).GetConnectionProperties(), new("DatabaseName", ReferenceExpression.Create($"{Name}"))];
}

internal static class SampleServerExtensions
{
    public static IResourceBuilder<SampleServer> AddSampleServer(this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource> password)
    {
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration($"{name}-check", _ => new AlwaysHealthy(), failureStatus: null, tags: null));
        return builder.AddResource(new SampleServer(name, password.Resource))
            .WithEndpoint(name: "tcp", scheme: "tcp", isProxied: false)
            .WithArgs("600")
            .WithHealthCheck($"{name}-check");
    }

    /// <summary>Created when the server is ready, and only then told to be running.</summary>
    public static IResourceBuilder<SampleDatabase> AddDatabase(this IResourceBuilder<SampleServer> server, string name)
    {
        var database = server.ApplicationBuilder.AddResource(new SampleDatabase(name, server.Resource));
        server.OnResourceReady((_, ready, _) => ready.Services.GetRequiredService<ResourceNotificationService>()
            .PublishUpdateAsync(database.Resource, state => state with { State = KnownResourceStates.Running }));
        return database;
    }

    private sealed class AlwaysHealthy : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(HealthCheckResult.Healthy());
    }
}
