using Shop.Ordering.Tests.Running;
using Shop.Testing;

[assembly: AssemblyFixture(typeof(Infrastructure))]

namespace Shop.Ordering.Tests.Running;

public sealed class Infrastructure : IAsyncLifetime
{
    public PostgresServer Postgres { get; private set; } = null!;

    public MockKafka Kafka { get; } = MockKafka.Start();

    public async ValueTask InitializeAsync() => Postgres = await PostgresServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Kafka.DisposeAsync();
        if (Postgres is not null)
            await Postgres.DisposeAsync();
    }
}
