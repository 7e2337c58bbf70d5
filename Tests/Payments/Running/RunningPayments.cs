using Shop.PaymentProvider.Faults;
using Shop.Payments.Tests.Running;
using Shop.Testing;

[assembly: AssemblyFixture(typeof(RunningPayments))]
// Injected faults affect all tests.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Shop.Payments.Tests.Running;

/// <summary>The provider and two replicas of Payments, each with real databases, for all tests.</summary>
public sealed class RunningPayments : IAsyncLifetime
{
    private PostgresServer _postgres = null!;
    private KafkaBroker _kafka = null!;
    private string _database = null!;

    public StubServices Stubs { get; } = new();

    public ProviderProcess Provider { get; private set; } = null!;

    public PaymentsProcess Payments { get; private set; } = null!;

    public PaymentsProcess Other { get; private set; } = null!;

    public PaymentsDatabase Database { get; private set; } = null!;

    public string ConnectionString => _database;

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        _kafka = MockKafka.Start();
        await Stubs.StartAsync();

        Provider = await NewProviderAsync(("Webhooks__Url", Stubs.WebhookAddress));
        _database = await _postgres.CreateDatabaseAsync("payments");
        Database = new PaymentsDatabase(_database);
        Payments = await NewPaymentsAsync(_database, Provider);
        Other = await NewPaymentsAsync(_database, Provider);
    }

    /// <summary>Creates an empty database. Returns its connection string.</summary>
    public Task<string> NewDatabaseAsync(string name) => _postgres.CreateDatabaseAsync(name);

    /// <summary>A provider with an empty ledger. The caller disposes of it.</summary>
    public async Task<ProviderProcess> NewProviderAsync(params (string, string)[] settings)
    {
        var provider = new ProviderProcess(await _postgres.CreateDatabaseAsync("provider"), settings);
        await provider.StartAsync();
        return provider;
    }

    /// <summary>One more replica of the shared Payments. The caller disposes of it.</summary>
    public Task<PaymentsProcess> NewReplicaAsync(params (string, string)[] settings) => NewPaymentsAsync(_database, Provider, settings);

    /// <summary>A replica on a database of its own. The caller disposes of it.</summary>
    public async Task<PaymentsProcess> NewPaymentsAsync(ProviderProcess provider, params (string, string)[] settings) =>
        await NewPaymentsAsync(await _postgres.CreateDatabaseAsync("payments"), provider, settings);

    /// <summary>Injects faults into the provider. Dispose to remove them.</summary>
    internal async Task<IAsyncDisposable> WithFaultsAsync(FaultSettings faults)
    {
        await Provider.SetFaultsAsync(faults);
        return new InjectedFaults(Provider);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { Payments, Other, Provider, Stubs, _kafka, _postgres })
        {
            if (part is not null)
                await part.DisposeAsync();
        }
    }

    /// <summary>A replica on this database. The caller disposes of it.</summary>
    public async Task<PaymentsProcess> NewPaymentsAsync(string database, ProviderProcess provider, params (string, string)[] settings)
    {
        var payments = new PaymentsProcess(database, _kafka.BootstrapServers, provider.Address, Stubs, settings);
        await payments.StartAsync();
        return payments;
    }

    private sealed class InjectedFaults(ProviderProcess provider) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await provider.SetFaultsAsync(new FaultSettings());
    }
}
