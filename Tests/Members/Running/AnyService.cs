using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.Messaging.V1;

namespace Shop.Members.Tests.Running;

/// <summary>
/// A real service of the shop, with Members' keys, but without database and broker: tokens are validated before those are needed.
/// </summary>
internal sealed class AnyService : IAsyncDisposable
{
    private readonly IAsyncDisposable _host;
    private readonly Func<string, Task<StatusCode>> _ask;

    private AnyService(string name, IAsyncDisposable host, Func<string, Task<StatusCode>> ask) => (Name, _host, _ask) = (name, host, ask);

    public string Name { get; }

    public static AnyService Start<TProgram>(string name, RunningMembers members) where TProgram : class
    {
        var host = new WebApplicationFactory<TProgram>().WithWebHostBuilder(host => host
            .UseEnvironment("Production")
            .UseSetting($"ConnectionStrings:{name}", "Host=127.0.0.1;Port=1;Username=nobody;Password=none;Database=none")
            .UseSetting("ConnectionStrings:kafka", "127.0.0.1:1")
            .UseSetting("Tokens:Issuer", Replica.Issuer)
            .UseSetting("Tokens:ClientId", name)
            .UseSetting("Tokens:ClientSecret", $"the secret of {name}")
            .UseSetting("Tokens:JwksAddress", "http://members/.well-known/jwks.json")
            .UseSetting("Tokens:KeyCacheDuration", "00:00:01")
            .UseSetting("Tokens:KeyRefreshInterval", "00:00:00.100")
            .UseSetting("PageTokens:Key", Convert.ToBase64String(new byte[32]))
            .UseSetting("Provider:ApiKey", "the key of the provider")
            .UseSetting("Provider:WebhookSecret", "the secret of the provider's webhooks")
            .UseSetting("Lifetime:Drain", "00:00:00")
            .ConfigureLogging(logging => logging.ClearProviders())
            .ConfigureTestServices(services => services
                .AddSingleton<TimeProvider>(members.Clock)
                .AddHttpClient("Shop.TokenKeys").ConfigurePrimaryHttpMessageHandler(() => members.First.Handler())));

        return new(name, host, name == "gateway" ? AskGatewayAsync : AskAsync);

        // A call for operators only: a valid member token gets 403, an invalid one 401.
        async Task<StatusCode> AskAsync(string token)
        {
            using var channel = GrpcChannel.ForAddress(host.Server.BaseAddress, new() { HttpHandler = host.Server.CreateHandler() });
            return await new OperationsService.OperationsServiceClient(channel)
                .ListDeadLettersAsync(new(), new Metadata { { "authorization", $"Bearer {token}" } }).StatusAsync();
        }

        async Task<StatusCode> AskGatewayAsync(string token)
        {
            using var client = host.CreateClient();
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
            using var answer = await client.GetAsync("/api/v1/ops/dead-letters");
            return (int)answer.StatusCode switch
            {
                401 => StatusCode.Unauthenticated,
                403 => StatusCode.PermissionDenied,
                var other => throw new InvalidOperationException($"{other}: {await answer.Content.ReadAsStringAsync()}"),
            };
        }
    }

    public async Task<bool> AcceptsAsync(string token) => await _ask(token) switch
    {
        StatusCode.PermissionDenied => true,
        StatusCode.Unauthenticated => false,
        var other => throw new InvalidOperationException($"{Name}: {other}"),
    };

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _host.DisposeAsync();
        }
        catch (ObjectDisposedException)
        {
            // The factory and the program both stop the host; the second stop fails.
        }
    }
}
