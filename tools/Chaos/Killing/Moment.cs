using Npgsql;
using Shop.Load.Running;

namespace Shop.Chaos.Killing;

/// <summary>A critical moment for a kill. It can be held until the process is killed; if it does not come within 3 s, the process is killed anyway.</summary>
public sealed record Moment(string Name, Func<ShopInfo, CancellationToken, Task<IAsyncDisposable?>> WaitAsync)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(2);

    public static Moment Any { get; } = new("at any moment", (_, _) => Task.FromResult<IAsyncDisposable?>(null));

    /// <summary>A step of some order has just had its effect at the upstream, and Ordering may not have recorded the outcome.</summary>
    public static IReadOnlyList<Moment> AfterSteps { get; } =
    [
        After("stock was reserved", "inventory", "select exists (select from reservations where status = 'reserved')"),
        After("a payment was authorised", "payments", "select exists (select from intents where status = 'authorised')"),
        After("stock was sold", "inventory", "select exists (select from reservations where status = 'confirmed' and finished_at > clock_timestamp() - interval '20 ms')"),
        After("a payment was captured", "payments", "select exists (select from intents where status = 'captured' and changed_at > clock_timestamp() - interval '20 ms')"),
        After("an order was accepted", "ordering", "select exists (select from orders where status = 'pending' and placed_at > clock_timestamp() - interval '20 ms')"),
    ];

    /// <summary>The provider has charged, and Payments cannot record it because of a lock.</summary>
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

    /// <summary>A shipment was dispatched, and its event has hardly been published.</summary>
    public static Moment ParcelLeft { get; } = After("a parcel left", "shipping", "select exists (select from shipments where dispatched_at > clock_timestamp() - interval '20 ms')");

    private static Moment After(string what, string service, string question) => new($"after {what}", async (shop, cancel) =>
    {
        await using var connection = await OpenAsync(shop, service, cancel);
        await IsTrueAsync(connection, question, cancel);
        return null;
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
        while (!(bool)(await command.ExecuteScalarAsync(cancel))! && TimeProvider.System.GetElapsedTime(begun) < Timeout)
            await Task.Delay(PollInterval, cancel);
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
