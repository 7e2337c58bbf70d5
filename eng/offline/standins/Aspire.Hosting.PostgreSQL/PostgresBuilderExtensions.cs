using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Postgres;

namespace Aspire.Hosting;

public static class PostgresBuilderExtensions
{
    private const string DataFolder = "/var/lib/postgresql";

    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password");
        return builder.AddResource(new PostgresServerResource(name, userName?.Resource, secret))
            .WithImage("library/postgres", "18.4")
            .WithImageRegistry("docker.io")
            .WithEndpoint(port, targetPort: 5432, name: "tcp");
    }

    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, [ResourceName] string name, string? databaseName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.Add(name, databaseName ?? name);
        return builder.ApplicationBuilder.AddResource(new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource));
    }

    public static IResourceBuilder<PostgresServerResource> WithDataVolume(
        this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithVolume(name ?? $"{builder.Resource.Name}-data", DataFolder, isReadOnly);

    public static IResourceBuilder<PostgresServerResource> WithDataBindMount(
        this IResourceBuilder<PostgresServerResource> builder, string source, bool isReadOnly = false) =>
        builder.WithBindMount(source, DataFolder, isReadOnly);

    /// <summary>Scripts that a new server runs once.</summary>
    public static IResourceBuilder<PostgresServerResource> WithInitFiles(this IResourceBuilder<PostgresServerResource> builder, string source) =>
        builder.WithBindMount(source, "/docker-entrypoint-initdb.d", isReadOnly: true);

    public static IResourceBuilder<PostgresServerResource> WithHostPort(this IResourceBuilder<PostgresServerResource> builder, int? port) =>
        builder.WithEndpoint("tcp", endpoint => endpoint.Port = port);

    public static IResourceBuilder<PgAdminContainerResource> WithHostPort(this IResourceBuilder<PgAdminContainerResource> builder, int? port) =>
        builder.WithEndpoint("http", endpoint => endpoint.Port = port);

    public static IResourceBuilder<PgWebContainerResource> WithHostPort(this IResourceBuilder<PgWebContainerResource> builder, int? port) =>
        builder.WithEndpoint("http", endpoint => endpoint.Port = port);

    public static IResourceBuilder<PostgresServerResource> WithPassword(
        this IResourceBuilder<PostgresServerResource> builder, IResourceBuilder<ParameterResource> password)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.PasswordParameter = password.Resource;
        return builder;
    }

    public static IResourceBuilder<PostgresServerResource> WithUserName(
        this IResourceBuilder<PostgresServerResource> builder, IResourceBuilder<ParameterResource> userName)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.UserNameParameter = userName.Resource;
        return builder;
    }

    /// <summary>The script that creates the database, instead of a plain CREATE DATABASE.</summary>
    public static IResourceBuilder<PostgresDatabaseResource> WithCreationScript(this IResourceBuilder<PostgresDatabaseResource> builder, string script) =>
        builder.WithAnnotation(new CreationScript(script));

    public static IResourceBuilder<PostgresServerResource> WithPgWeb(
        this IResourceBuilder<PostgresServerResource> builder,
        Action<IResourceBuilder<PgWebContainerResource>>? configureContainer = null,
        string? containerName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var tool = builder.ApplicationBuilder.AddResource(new PgWebContainerResource(containerName ?? "pgweb"))
            .WithImage("sosedoff/pgweb", "0.17.0").WithHttpEndpoint(targetPort: 8081, name: "http").WithReferenceRelationship(builder);
        configureContainer?.Invoke(tool);
        return builder;
    }

    public static IResourceBuilder<T> WithPgAdmin<T>(
        this IResourceBuilder<T> builder, Action<IResourceBuilder<PgAdminContainerResource>>? configureContainer = null, string? containerName = null)
        where T : PostgresServerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var tool = builder.ApplicationBuilder.AddResource(new PgAdminContainerResource(containerName ?? "pgadmin"))
            .WithImage("dpage/pgadmin4").WithHttpEndpoint(targetPort: 80, name: "http").WithReferenceRelationship((IResource)builder.Resource);
        configureContainer?.Invoke(tool);
        return builder;
    }

    private sealed class CreationScript(string script) : IResourceAnnotation
    {
        public string Script { get; } = script;
    }
}
