using Dapper;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Http;
using Npgsql;
using Shop.Design.Gateway;
using Shop.Storefront.Tests.Running;

[assembly: AssemblyFixture(typeof(RunningStorefront))]
// The gateway behind it is shared, and each test sets its answers.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Shop.Storefront.Tests.Running;

/// <summary>Two replicas of the whole storefront on a PostgreSQL of their own, before a gateway whose answers a test sets.</summary>
public sealed class RunningStorefront : IAsyncLifetime
{
    private PostgresServer _postgres = null!;
    private WebApplicationFactory<Program> _one = null!;
    private WebApplicationFactory<Program> _other = null!;
    private string _connectionString = "";

    public StandInGateway Gateway { get; } = new();

    /// <summary>What the first replica logs, once it listens.</summary>
    public LogRecorder Log { get; } = new();

    public IServiceProvider Services => _one.Services;

    public IReadOnlyList<RouteEndpoint> Endpoints => [.. _one.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        _connectionString = await _postgres.CreateDatabaseAsync("storefront");
        (_one, _other) = (Factory(), Factory());
        await Task.WhenAll(ReadyAsync(_one), ReadyAsync(_other));
    }

    /// <summary>A new browser, without cookies.</summary>
    public Browser Browser(string language = "ko") => new(_one.CreateClient(Options), _other.CreateClient(Options), language);

    public async Task<List<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        return [.. await connection.QueryAsync<T>(sql, parameters)];
    }

    public async Task<T> InServiceAsync<T>(Func<IServiceProvider, Task<T>> ask)
    {
        await using var scope = _one.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider);
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    // The browser keeps its cookies itself: it goes to both replicas.
    private static WebApplicationFactoryClientOptions Options => new() { AllowAutoRedirect = false, HandleCookies = false, BaseAddress = new("https://shop.test") };

    private static Task ReadyAsync(WebApplicationFactory<Program> replica) => Eventually.TrueAsync(
        async () => (await replica.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Status != HealthStatus.Unhealthy, "the storefront is ready", TimeSpan.FromSeconds(60));

    private WebApplicationFactory<Program> Factory() => new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
    {
        host.UseEnvironment("Production");
        host.UseSetting("ConnectionStrings:storefront", _connectionString);
        host.UseSetting("Tokens:Issuer", TokenAuthority.Issuer);
        host.UseSetting("Tokens:ClientId", "storefront");
        host.UseSetting("Tokens:ClientSecret", "not-needed-here");
        host.UseSetting("Sessions:EncryptionKey", new string('k', 44));
        // The service token comes from Members, which is not here.
        host.UseSetting("WarmUp:Enabled", "false");
        host.UseSetting("services:gateway:http:0", "http://gateway.test");
        host.ConfigureLogging(Log.AddTo);
        host.ConfigureTestServices(services =>
        {
            foreach (var client in new[] { GatewayHttp.Calls, GatewayHttp.OwnCalls, GatewayHttp.Streams })
            {
                services.PostConfigure<HttpClientFactoryOptions>(client, http => http.HttpMessageHandlerBuilderActions.Add(builder =>
                {
                    builder.AdditionalHandlers.Clear();
                    builder.PrimaryHandler = Gateway;
                }));
            }
        });
    });
}
