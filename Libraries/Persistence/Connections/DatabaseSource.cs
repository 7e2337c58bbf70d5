using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Shop.Persistence.Connections;

internal static class DatabaseSource
{
    /// <summary>The service's pool. A connection goes back as it is: resetting it would cost a transaction each time, so nothing may change its session.</summary>
    /// <param name="plansByValue">Whether the server may plan a statement anew for each set of values.</param>
    public static NpgsqlDataSource Create(string? connectionString, string name, DatabaseOptions options, bool plansByValue)
    {
        var settings = Settings(connectionString, name, options);
        // PostgreSQL judges by estimated costs, and would plan the short statements of partitioned tables every time: that takes longer than running them.
        if (!plansByValue)
            settings.Options += " -c plan_cache_mode=force_generic_plan";
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }

    /// <summary>Connections that are opened for one purpose and closed after it: for what changes its session (LISTEN, session locks, other limits).</summary>
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
            // The same few statements run again and again; the server need not plan them every time.
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 3,
            // A connection whose server is gone is noticed although nothing is sent.
            KeepAlive = 30,
            NoResetOnClose = true,
        };
        settings.Options = string.Join(' ', settings.Options,
            $"-c transaction_timeout={(long)options.TransactionTimeout.TotalMilliseconds}",
            $"-c lock_timeout={(long)options.LockTimeout.TotalMilliseconds}").Trim();
        return settings;
    }
}
