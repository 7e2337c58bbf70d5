using Dapper;
using Grpc.Core;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.ServiceDefaults.Access;

namespace Shop.Testing;

/// <summary>A whole service in the test's process: replicas of it on one database, with a broker of their own, called as others call them.</summary>
/// <param name="name">The service's name, as Members knows it; its connection string has the same.</param>
public abstract class RunningService<TProgram>(string name) : IAsyncDisposable where TProgram : class
{
    private readonly List<WebApplicationFactory<TProgram>> _replicas = [];

    public TokenAuthority Tokens { get; } = new();

    public MockKafka Kafka { get; } = MockKafka.Start();

    /// <summary>Those that were started here, and not stopped.</summary>
    public IReadOnlyList<WebApplicationFactory<TProgram>> Replicas => _replicas;

    public IServiceProvider First => _replicas[0].Services;

    public IServiceProvider Second => _replicas[1].Services;

    /// <summary>Of its database; set before the first replica is started.</summary>
    public string ConnectionString { get; protected set; } = "";

    /// <summary>One more on the same database, healthy.</summary>
    public async Task<WebApplicationFactory<TProgram>> StartReplicaAsync(params (string Key, string Value)[] settings)
    {
        var replica = Configure(settings);
        _replicas.Add(replica);
        await replica.StartAsync(name);
        return replica;
    }

    /// <summary>Stops it as a process is stopped.</summary>
    public async Task StopAsync(WebApplicationFactory<TProgram> replica)
    {
        _replicas.Remove(replica);
        await replica.DisposeAsync();
    }

    /// <summary>Not started yet. The caller disposes of it.</summary>
    public WebApplicationFactory<TProgram> Configure(params (string Key, string Value)[] settings) => new WebApplicationFactory<TProgram>().WithWebHostBuilder(host =>
    {
        host.UseSetting($"ConnectionStrings:{name}", ConnectionString)
            .UseSetting("ConnectionStrings:kafka", Kafka.BootstrapServers)
            .UseSetting("Tokens:Issuer", TokenAuthority.Issuer)
            .UseSetting("Tokens:ClientId", name)
            .UseSetting("PageTokens:Key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
            .UseSetting("Lifetime:Drain", "00:00:00")
            .ConfigureLogging(logging => logging.ClearProviders())
            .ConfigureTestServices(services => services.AddSingleton<ITokenKeys>(Tokens));
        Configure(host);
        foreach (var (key, value) in settings)
            host.UseSetting(key, value);
    });

    /// <param name="replica">Null: the first one.</param>
    public CallInvoker Calls(string? token, WebApplicationFactory<TProgram>? replica = null) => (replica ?? _replicas[0]).Calls(token);

    public async Task<List<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        return [.. await connection.QueryAsync<T>(sql, parameters)];
    }

    /// <summary>The replicas, and then the broker.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas.ToList())
            await StopAsync(replica);
        await Kafka.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What only this service needs.</summary>
    protected virtual void Configure(IWebHostBuilder host)
    {
    }
}
