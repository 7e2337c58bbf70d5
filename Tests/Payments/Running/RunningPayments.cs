using Shop.PaymentProvider.Faults;
using Shop.Payments.Tests.Running;
using Shop.Testing;

[assembly: AssemblyFixture(typeof(RunningPayments))]
// The provider's faults are everybody's.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Shop.Payments.Tests.Running;

/// <summary>The provider and two replicas of Payments, each with real databases, for all tests.</summary>
public sealed class RunningPayments : IAsyncLifetime
{
    private PostgresServer _postgres = null!;
    private KafkaBroker _kafka = null!;
    private string _database = null!;

    public Surroundings Surroundings { get; } = new();

    public ProviderProcess Provider { get; private set; } = null!;

    public PaymentsProcess Payments { get; private set; } = null!;

    public PaymentsProcess Other { get; private set; } = null!;

    public PaymentsDatabase Database { get; private set; } = null!;

    public string ConnectionString => _database;

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        _kafka = MockKafka.Start();
        await Surroundings.StartAsync();

        Provider = await NewProviderAsync(("Webhooks__Url", Surroundings.WebhookAddress));
        _database = await _postgres.CreateDatabaseAsync("payments");
        Database = new PaymentsDatabase(_database);
        Payments = await NewPaymentsAsync(_database, Provider);
        Other = await NewPaymentsAsync(_database, Provider);
    }

    /// <summary>An empty one; its connection string.</summary>
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

    /// <summary>For the time of a test; dispose to mend it.</summary>
    public async Task<IAsyncDisposable> TroubleAsync(FaultSettings faults)
    {
        await Provider.SetFaultsAsync(faults);
        return new Trouble(Provider);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { Payments, Other, Provider, Surroundings, _kafka, _postgres })
        {
            if (part is not null)
                await part.DisposeAsync();
        }
    }

    private async Task<PaymentsProcess> NewPaymentsAsync(string database, ProviderProcess provider, params (string, string)[] settings)
    {
        var payments = new PaymentsProcess(database, _kafka.BootstrapServers, provider.Address, Surroundings, settings);
        await payments.StartAsync();
        return payments;
    }

    private sealed class Trouble(ProviderProcess provider) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await provider.SetFaultsAsync(new FaultSettings());
    }
}
