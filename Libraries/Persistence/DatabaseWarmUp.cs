using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Shop.Persistence;

/// <summary>Opens as many connections as a few callers at once need: else each of the first callers waits for one.</summary>
internal static class DatabaseWarmUp
{
    private const int Connections = 4;

    public static async Task ConnectAsync(IServiceProvider services, CancellationToken cancel)
    {
        await services.GetRequiredService<DatabaseReadiness>().WaitAsync(cancel);
        var source = services.GetRequiredService<NpgsqlDataSource>();
        // At the same time: one after the other would be the same connection.
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            await using var command = source.CreateCommand("select pg_sleep(0.02)");
            await command.ExecuteNonQueryAsync(cancel);
        }));
    }
}
