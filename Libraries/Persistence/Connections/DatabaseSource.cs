using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Shop.Persistence.Connections;

internal static class DatabaseSource
{
    /// <summary>The service's connection pool. Connections are returned without a reset, which would cost a transaction each time: nothing may change the session of a pooled connection.</summary>
    /// <param name="plansByValue">Whether the server may plan a statement anew for each set of values.</param>
    public static NpgsqlDataSource Create(string? connectionString, string name, DatabaseOptions options, bool plansByValue)
    {
        var settings = Settings(connectionString, name, options);
        // By its cost estimates PostgreSQL would plan the short statements on partitioned tables at every execution: planning takes longer than running them.
        if (!plansByValue)
            settings.Options += " -c plan_cache_mode=force_generic_plan";
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }

    /// <summary>Connections opened for one use and then closed: for work that changes its session (LISTEN, session locks, other limits).</summary>
    public static NpgsqlDataSource CreateUnpooled(string? connectionString, string name, DatabaseOptions options)
    {
        var settings = Settings(connectionString, name, options);
        settings.Pooling = false;
        settings.MaxAutoPrepare = 0;
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }

    private static NpgsqlConnectionStringBuilder Settings(string? connectionString, string name, DatabaseOptions options)
    {
        // Design-time tools build the model without a server.
        if (string.IsNullOrWhiteSpace(connectionString) && EF.IsDesignTime)
            connectionString = "Host=design-time";
        if (string.IsNullOrWhiteSpace(connectionString))
            throw new InvalidOperationException($"The connection string '{name}' is missing: set ConnectionStrings__{name}.");

        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = options.MaxPoolSize,
            CommandTimeout = (int)options.CommandTimeout.TotalSeconds,
            // The same few statements run often: prepared, they are not parsed again.
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 3,
            // Seconds. Detects a lost server on an idle connection.
            KeepAlive = 30,
            NoResetOnClose = true,
        };
        settings.Options = string.Join(' ', settings.Options,
            $"-c transaction_timeout={(long)options.TransactionTimeout.TotalMilliseconds}",
            $"-c lock_timeout={(long)options.LockTimeout.TotalMilliseconds}").Trim();
        return settings;
    }
}
