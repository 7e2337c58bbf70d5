using Shop.OrderHistory.Tests.Running;
using Shop.Testing;

[assembly: AssemblyFixture(typeof(Infrastructure))]

namespace Shop.OrderHistory.Tests.Running;

public sealed class Infrastructure : IAsyncLifetime
{
    public PostgresServer Postgres { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Postgres = await PostgresServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (Postgres is not null)
            await Postgres.DisposeAsync();
    }
}
