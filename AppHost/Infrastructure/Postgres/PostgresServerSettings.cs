namespace Shop.AppHost.Infrastructure.Postgres;

/// <summary>One server for a developer's machine: room for the pools of all services, little memory, and as durable as production (fsync stays on).</summary>
internal static class PostgresServerSettings
{
    public static readonly string[] Arguments =
    [
        "-c", "max_connections=300",
        "-c", "shared_buffers=128MB",
        "-c", "log_checkpoints=off",
    ];

    /// <summary>The same order and classes of letters as the embedded server's (eng/postgres/serve), Korean ones included.</summary>
    public const string InitDb =
        "--auth-host=scram-sha-256 --auth-local=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --locale-provider=builtin --builtin-locale=C.UTF-8";
}
