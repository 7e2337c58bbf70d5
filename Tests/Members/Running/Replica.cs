using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Shop.Members.Accounts;
using Shop.Members.Keys;
using Shop.Testing;
using static Shop.Members.V1.MembersService;

namespace Shop.Members.Tests.Running;

/// <summary>One replica of the service, called over gRPC.</summary>
public sealed class Replica : IAsyncDisposable
{
    public const string Issuer = "https://shop.test";
    public const string EncryptionKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    public const string OperatorEmail = "Operator@Shop.local";
    public const string OperatorPassword = "the operator's password";

    private readonly WebApplicationFactory<Program> _service;

    private Replica(WebApplicationFactory<Program> service) => _service = service;

    public IServiceProvider Services => _service.Services;

    internal CountingHasher Hasher => (CountingHasher)Services.GetRequiredService<IPasswordHasher<Account>>();

    public HttpClient Http { get; private init; } = null!;

    /// <summary>Without a token.</summary>
    public MembersServiceClient Anonymous => Client(null);

    public static string SecretOf(string service) => $"the secret of {service}";

    public static async Task<Replica> StartAsync(string connectionString, string kafka, TimeProvider clock, LogRecorder log, params (string Name, string Value)[] settings)
    {
        var service = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseEnvironment("Production")
                .UseSetting("ConnectionStrings:members", connectionString)
                .UseSetting("ConnectionStrings:kafka", kafka)
                .UseSetting("Tokens:Issuer", Issuer)
                .UseSetting("Tokens:ClientId", "members")
                .UseSetting("SigningKeys:EncryptionKey", EncryptionKey)
                .UseSetting("Operator:Email", OperatorEmail)
                .UseSetting("Operator:Password", OperatorPassword)
                .UseSetting("Lifetime:Drain", "00:00:00")
                // Hashes and guesses are counted.
                .UseSetting("WarmUp:Enabled", "false");
            foreach (var client in new[] { "gateway", "ordering", "inventory", "members" })
                host.UseSetting($"Tokens:Clients:{client}", SecretOf(client));
            foreach (var (name, value) in settings)
                host.UseSetting(name, value);

            host.ConfigureLogging(log.AddTo);
            host.ConfigureTestServices(services => services
                .AddSingleton(clock)
                .AddSingleton<IPasswordHasher<Account>, CountingHasher>()
                // Fast hashes; the real number of rounds has a test of its own.
                .Configure<PasswordHasherOptions>(options => options.IterationCount = 1000));
        });

        var replica = new Replica(service) { Http = service.CreateClient() };
        await service.StartAsync("Members");
        return replica;
    }

    /// <summary>For clients that call this replica.</summary>
    public HttpMessageHandler Handler() => _service.Server.CreateHandler();

    public MembersServiceClient Client(string? token) => new(_service.Calls(token));

    public async Task<MembersServiceClient> AsServiceAsync(string service) => Client((await Anonymous.IssueServiceTokenAsync(
        new() { ClientId = service, ClientSecret = SecretOf(service), Audience = "members" })).AccessToken);

    /// <summary>The check of the signing keys, which the service runs every minute.</summary>
    public Task CheckKeysAsync() => Services.GetRequiredService<RotateKeys>().CheckAsync(TestContext.Current.CancellationToken);

    /// <summary>The purge, which the service runs every hour.</summary>
    public Task PurgeAsync() => Services.RunOnceAsync(TestContext.Current.CancellationToken);

    public async Task InScopeAsync<T>(Func<T, Task> work) where T : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<T>());
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _service.DisposeAsync();
        }
        catch (ObjectDisposedException)
        {
            // The factory and the program both stop the host; the second stop fails.
        }
    }
}
