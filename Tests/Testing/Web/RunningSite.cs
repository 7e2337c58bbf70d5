using Dapper;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Http;
using Npgsql;

namespace Shop.Testing.Web;

/// <summary>Two replicas of a whole web site on a PostgreSQL of their own, before a gateway whose answers a test sets.</summary>
/// <param name="name">The site's name, as Members knows it; its connection string has the same.</param>
/// <param name="clients">Names of the HTTP clients by which the site calls the gateway.</param>
public abstract class RunningSite<TProgram, TGateway>(string name, params IReadOnlyList<string> clients) : IAsyncDisposable
    where TProgram : class
    where TGateway : StandInHttp, new()
{
    private PostgresServer _postgres = null!;
    private WebApplicationFactory<TProgram> _one = null!;
    private WebApplicationFactory<TProgram> _other = null!;
    private string _connectionString = "";

    public TGateway Gateway { get; } = new();

    /// <summary>What the replicas log, once they listen.</summary>
    public LogRecorder Log { get; } = new();

    public AbortedRequests Aborted { get; } = new();

    public IServiceProvider Services => _one.Services;

    public IReadOnlyList<RouteEndpoint> Endpoints => [.. _one.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        _connectionString = await _postgres.CreateDatabaseAsync(name);
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

    /// <summary>Sends a request that renews the token, and ends it while the token is renewed, as a browser does whose page is left.</summary>
    public async Task LeaveWhileRenewedAsync(Browser browser, Func<Task<Shown>> send)
    {
        Gateway.Members.Gate.Reset();
        var aborted = Aborted.Count;
        using var leave = new CancellationTokenSource();
        browser.Leaves = leave.Token;
        // The stand-in blocks the thread that calls it.
        var page = Task.Run(send);
        await Eventually.TrueAsync(() => Gateway.Calls.Any(call => call.Path.EndsWith("/refresh", StringComparison.Ordinal)), "a refresh is running");
        await leave.CancelAsync();
        await Eventually.TrueAsync(() => Aborted.Count > aborted, "the site notices it");
        Gateway.Members.Gate.Set();
        browser.Leaves = CancellationToken.None;
        try
        {
            await page;
        }
        catch (OperationCanceledException)
        {
            return;
        }
        throw new InvalidOperationException("The request was answered.");
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _postgres.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What only this site needs.</summary>
    protected virtual void Configure(IWebHostBuilder host)
    {
    }

    // The browser keeps its cookies itself: it goes to both replicas.
    private static WebApplicationFactoryClientOptions Options => new() { AllowAutoRedirect = false, HandleCookies = false, BaseAddress = new("https://shop.test") };

    private Task ReadyAsync(WebApplicationFactory<TProgram> replica) => Eventually.TrueAsync(
        async () => (await replica.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Status != HealthStatus.Unhealthy, $"the {name} is ready", TimeSpan.FromSeconds(60));

    private WebApplicationFactory<TProgram> Factory() => new WebApplicationFactory<TProgram>().WithWebHostBuilder(host =>
    {
        host.UseEnvironment("Production");
        host.UseSetting($"ConnectionStrings:{name}", _connectionString);
        host.UseSetting("Tokens:Issuer", TokenAuthority.Issuer);
        host.UseSetting("Tokens:ClientId", name);
        host.UseSetting("Tokens:ClientSecret", "not-needed-here");
        host.UseSetting("Sessions:EncryptionKey", new string('k', 44));
        // The service token comes from Members, which is not here.
        host.UseSetting("WarmUp:Enabled", "false");
        host.UseSetting("services:gateway:http:0", "http://gateway.test");
        Configure(host);
        host.ConfigureLogging(Log.AddTo);
        host.ConfigureTestServices(services =>
        {
            services.AddSingleton<IStartupFilter>(Aborted);
            foreach (var client in clients)
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
