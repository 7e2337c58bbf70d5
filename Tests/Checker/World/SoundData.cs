using System.Text;
using Confluent.Kafka;
using Npgsql;
using Shop.Checker.Tests.World;
using Shop.Testing;

[assembly: AssemblyFixture(typeof(SoundData))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Shop.Checker.Tests.World;

/// <summary>The databases and topics of a consistent shop. Tests read them, and write into copies.</summary>
public sealed class SoundData : IAsyncLifetime
{
    private static readonly string[] Services = ["ordering", "inventory", "catalog", "payments", "coupons", "members", "shipping", "basket", "reviews", "notifications", "order-history"];
    private readonly Dictionary<string, string> _databases = [];
    private readonly MockKafka _kafka = MockKafka.Start();
    private PostgresServer _server = null!;
    private int _copies;

    public IReadOnlyDictionary<string, string> Databases => _databases;

    public string KafkaBootstrap => _kafka.BootstrapServers;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync();
        var today = TimeProvider.System.GetUtcNow().ToString("O");
        foreach (var service in Services)
        {
            // A database with an open connection cannot be copied.
            _databases[service] = new NpgsqlConnectionStringBuilder(await _server.CreateDatabaseAsync(service.Replace('-', '_'))) { Pooling = false }.ConnectionString;
            await ExecuteAsync(_databases[service], Script("messaging").Replace("{today}", today, StringComparison.Ordinal) + Script(service));
        }
        await PublishAsync();
    }

    public async Task<string> CopyAsync(string service)
    {
        var source = new NpgsqlConnectionStringBuilder(_databases[service]);
        var copy = $"{source.Database}_{++_copies}";
        await _server.ExecuteAsync($"create database {copy} template {source.Database} owner {source.Username}");
        return new NpgsqlConnectionStringBuilder(source.ConnectionString) { Database = copy }.ConnectionString;
    }

    public static async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task PublishAsync()
    {
        foreach (var topic in new[] { "shop.orders.v1", "shop.stock.v1", "shop.products.v1", "shop.members.v1", "shop.shipments.v1", "shop.ratings.v1" })
            await _kafka.CreateTopicAsync(topic, partitions: 2);

        using var producer = new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = _kafka.BootstrapServers }).Build();
        foreach (var database in _databases.Values)
        {
            await using var connection = new NpgsqlConnection(database);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("select event_id, topic, key, type from messaging.outbox order by position", connection);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                var headers = new Headers { { "ce_id", Encoding.UTF8.GetBytes(reader.GetGuid(0).ToString()) }, { "ce_type", Encoding.UTF8.GetBytes(reader.GetString(3)) } };
                producer.Produce(reader.GetString(1), new() { Key = reader.GetString(2), Value = [], Headers = headers });
            }
        }
        producer.Flush(TimeSpan.FromSeconds(20));
    }

    private static string Script(string name)
    {
        using var file = typeof(SoundData).Assembly.GetManifestResourceStream($"{name}.sql")!;
        return new StreamReader(file).ReadToEnd();
    }

    public async ValueTask DisposeAsync()
    {
        await _kafka.DisposeAsync();
        await _server.DisposeAsync();
    }
}
