using Npgsql;

namespace Shop.Load.Measuring;

internal static class ServerConnection
{
    /// <summary>Opens a connection without a pool: its server process is known, and ends with it.</summary>
    public static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, ApplicationName = "shop load", CommandTimeout = 30 }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
