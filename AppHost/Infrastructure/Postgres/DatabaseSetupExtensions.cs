using Microsoft.Extensions.DependencyInjection;

namespace Shop.AppHost.Infrastructure.Postgres;

/// <summary>The program that creates roles and databases (tools/DatabaseSetup), also used by deployments.</summary>
internal static class DatabaseSetupExtensions
{
    private const string Name = "database-setup";

    public static IResourceBuilder<ProjectResource> AddDatabaseSetup(this IDistributedApplicationBuilder builder) =>
        builder.Resources.OfType<ProjectResource>().SingleOrDefault(resource => resource.Name == Name) is { } existing
            ? builder.CreateResourceBuilder(existing)
            : builder.AddProcess<Projects.DatabaseSetup>(Name).RunsToCompletion().WithIconName("DatabaseArrowUp");

    public static IResourceBuilder<ProjectResource> On<TServer>(this IResourceBuilder<ProjectResource> setup, IResourceBuilder<TServer> server) where TServer : IResource =>
        setup.WaitFor(server.ApplicationBuilder.CreateResourceBuilder<IResource>(server.Resource)).WithParentRelationship(server.Resource);

    /// <summary>Adds a database to the setup; it is shown as running once the setup has succeeded.</summary>
    public static IResourceBuilder<ProjectResource> SetsUp(this IResourceBuilder<ProjectResource> setup, ServiceDatabase database)
    {
        var name = $"Databases__{database.Service}";
        return setup
            .WithEnvironment($"{name}__Server", database.Parent.ConnectionStringExpression)
            .WithEnvironment($"{name}__Password", database.Password)
            .OnResourceStopped((_, stopped, _) => stopped.Services.GetRequiredService<ResourceNotificationService>().PublishUpdateAsync(
                database,
                state => state with { State = stopped.ResourceEvent.Snapshot.ExitCode == 0 ? KnownResourceStates.Running : KnownResourceStates.FailedToStart }));
    }
}
