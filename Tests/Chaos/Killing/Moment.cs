using Npgsql;
using Shop.Load.Running;

namespace Shop.Chaos.Killing;

/// <summary>A moment at which a death would hurt. It is held until what is under way has died; if it does not come, any other will do.</summary>
public sealed record Moment(string Name, Func<ShopInfo, CancellationToken, Task<IAsyncDisposable?>> ComesAsync)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    public static Moment Any { get; } = new("at any moment", (_, _) => Task.FromResult<IAsyncDisposable?>(null));

    /// <summary>A saga has written down the step before, and nothing of this one.</summary>
    public static Moment BeforeStep(string step) => new($"before '{step}'", async (shop, cancel) =>
    {
        await using var ordering = await OpenAsync(shop, "ordering", cancel);
        // The first step has no name until it is over.
        await IsTrueAsync(ordering, $"select exists (select from messaging.saga where ended_at is null and coalesce(step, 'reserve stock') = '{step}')", cancel);
        return null;
    });

    /// <summary>The provider has charged, and Payments is kept from writing it down.</summary>
    public static Moment ProviderAnswered { get; } = new("after the provider's answer", async (shop, cancel) =>
    {
        var payments = await OpenAsync(shop, "payments", cancel);
        await using var provider = await OpenAsync(shop, "payment-provider", cancel);
        var hold = await payments.BeginTransactionAsync(cancel);
        await ExecuteAsync(payments, "lock table intents in exclusive mode", cancel);
        var before = await CountAsync(provider, cancel);
        await IsTrueAsync(provider, $"select count(*) > {before} from charges", cancel);
        return new Held(payments, hold);
    });

    private static async Task<NpgsqlConnection> OpenAsync(ShopInfo shop, string service, CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(shop.DatabaseOf(service)) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancel);
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<long> CountAsync(NpgsqlConnection provider, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select count(*) from charges", provider);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task IsTrueAsync(NpgsqlConnection connection, string question, CancellationToken cancel)
    {
        var begun = TimeProvider.System.GetTimestamp();
        await using var command = new NpgsqlCommand(question, connection);
        while (!(bool)(await command.ExecuteScalarAsync(cancel))! && TimeProvider.System.GetElapsedTime(begun) < Patience)
            await Task.Delay(Look, cancel);
    }

    private sealed class Held(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
