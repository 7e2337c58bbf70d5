using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Shop.Messaging.Database;

internal static class DatabaseSource
{
    public static NpgsqlDataSource Create(string? connectionString, string name, DatabaseOptions options)
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
        };
        settings.Options = string.Join(' ', settings.Options,
            $"-c transaction_timeout={(long)options.TransactionTimeout.TotalMilliseconds}",
            $"-c lock_timeout={(long)options.LockTimeout.TotalMilliseconds}").Trim();
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }
}
