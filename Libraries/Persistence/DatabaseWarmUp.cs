using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Shop.Persistence;

/// <summary>Opens connections before the service is ready: otherwise each of the first concurrent callers waits for one.</summary>
internal static class DatabaseWarmUp
{
    private const int Connections = 4;

    public static async Task ConnectAsync(IServiceProvider services, CancellationToken cancel)
    {
        await services.GetRequiredService<DatabaseReadiness>().WaitAsync(cancel);
        var source = services.GetRequiredService<NpgsqlDataSource>();
        // Concurrently: in sequence all would use the same connection.
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            await using var command = source.CreateCommand("select pg_sleep(0.02)");
            await command.ExecuteNonQueryAsync(cancel);
        }));
    }
}
