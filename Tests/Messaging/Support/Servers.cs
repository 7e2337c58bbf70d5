using Shop.Messaging.Tests.Support;
using Shop.Testing;

[assembly: AssemblyFixture(typeof(Servers))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Shop.Messaging.Tests.Support;

/// <summary>One PostgreSQL and, if available, one real broker for all tests; a database and empty topics for each.</summary>
public sealed class Servers : IAsyncLifetime
{
    private RealKafka? _kafka;

    public PostgresServer Postgres { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var postgres = PostgresServer.StartAsync();
        if (RealKafka.Home is not null)
            _kafka = await RealKafka.StartAsync();
        Postgres = await postgres;
    }

    /// <summary>A broker without topics. Disposing it leaves a real one running.</summary>
    public async Task<KafkaBroker> BrokerAsync()
    {
        if (_kafka is null)
        {
            // The mock creates no topics on request, and a consumer would search for missing topics only every few seconds.
            var mock = MockKafka.Start();
            await mock.CreateTopicAsync("shop.testing.v1", 4);
            return mock;
        }
        await _kafka.DeleteTopicsAsync();
        return new Borrowed(_kafka);
    }

    /// <summary>Of the real broker.</summary>
    public Task DeleteTopicAsync(string topic) => _kafka!.DeleteTopicAsync(topic);

    public async ValueTask DisposeAsync()
    {
        if (_kafka is not null)
            await _kafka.DisposeAsync();
        await Postgres.DisposeAsync();
    }

    private sealed class Borrowed(KafkaBroker broker) : KafkaBroker
    {
        public override string BootstrapServers => broker.BootstrapServers;

        public override bool IsReal => broker.IsReal;

        public override Task CreateTopicAsync(string topic, int partitions) => broker.CreateTopicAsync(topic, partitions);

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
