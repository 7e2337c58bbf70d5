using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shop.Persistence;
using Shop.Sagas;

namespace Shop.Messaging.Tests.Support;

/// <summary>One running replica of a service that uses Messaging, without HTTP.</summary>
internal sealed class Replica : IAsyncDisposable
{
    /// <summary>A setting: this replica only queries the database, and runs no sagas.</summary>
    public const string ObserverOnly = "Test:ObserverOnly";

    private readonly IHost _host;

    private Replica(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public static async Task<Replica> StartAsync(string database, string? kafka, Action<MessagingBuilder> messaging,
        Action<IServiceCollection>? services = null, params (string Name, string Value)[] settings)
    {
        var replica = Build(database, kafka, messaging, services, settings);
        await replica.StartAsync();
        return replica;
    }

    public async Task StartAsync()
    {
        await _host.StartAsync(TestContext.Current.CancellationToken);
        await Services.GetRequiredService<DatabaseReadiness>().WaitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60));
    }

    public static Replica Build(string database, string? kafka, Action<MessagingBuilder> messaging, Action<IServiceCollection>? services = null, params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = "Shop.Testing" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:testing"] = database,
            ["ConnectionStrings:kafka"] = kafka,
            // Tests must not wait for another replica's lease or session.
            ["Messaging:Outbox:Lease"] = "00:00:03",
            ["Messaging:Outbox:Interval"] = "00:00:00.5",
            ["Replicas:Presence"] = "00:00:03",
            ["Replicas:Interval"] = "00:00:00.5",
            ["Aspire:Confluent:Kafka:Consumer:Config:SessionTimeoutMs"] = "6000",
        });
        foreach (var (name, value) in settings)
            builder.Configuration[name] = value;
        builder.Logging.AddProvider(new TestLog());
        builder.AddDatabase<TestDb>("testing");
        builder.AddMessaging<TestDb>(messaging);
        builder.AddSagas(sagas =>
        {
            if (builder.Configuration[ObserverOnly] is null)
                sagas.Runs<TestSaga>();
        });
        builder.Services.AddSingleton(new SagaTimes());
        builder.Services.AddSingleton(HandlerFault.None);
        builder.Services.AddSingleton<Steps>();
        services?.Invoke(builder.Services);
        return new(builder.Build());
    }

    public async Task<T> DoAsync<T>(Func<TestDb, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TestDb>());
    }

    public Task DoAsync(Func<TestDb, Task> work) => DoAsync(async db =>
    {
        await work(db);
        return true;
    });

    public Task<List<T>> QueryAsync<T>(string sql) => DoAsync(db => db.Database.SqlQueryRaw<T>(sql).ToListAsync());

    /// <summary>For a process that is only a replica: returns when it is asked to stop.</summary>
    public Task WaitForShutdownAsync() => _host.WaitForShutdownAsync();

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        _host.Dispose();
    }
}
