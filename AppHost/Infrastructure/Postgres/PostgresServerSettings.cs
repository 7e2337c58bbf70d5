namespace Shop.AppHost.Infrastructure.Postgres;

/// <summary>Settings for one server on a developer's machine: connections for the pools of all services, little memory, and fsync on, as in production.</summary>
internal static class PostgresServerSettings
{
    public static readonly string[] Arguments =
    [
        "-c", "max_connections=300",
        "-c", "shared_buffers=128MB",
        "-c", "log_checkpoints=off",
    ];

    /// <summary>The same collation and character classes as the embedded server's (eng/postgres/serve), also for Korean.</summary>
    public const string InitDb =
        "--auth-host=scram-sha-256 --auth-local=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --locale-provider=builtin --builtin-locale=C.UTF-8";
}
