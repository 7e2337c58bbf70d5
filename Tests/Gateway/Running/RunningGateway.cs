using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shop.Gateway.Tests.Documented;
using Shop.Gateway.Tests.Fakes;
using Shop.Gateway.Tests.Running;
using Shop.Testing;

[assembly: AssemblyFixture(typeof(RunningGateway))]
// The services behind it are shared, and each test sets their answers.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Shop.Gateway.Tests.Running;

/// <summary>The real gateway on a real port, with services behind it that answer as a test sets.</summary>
public sealed class RunningGateway : IAsyncLifetime
{
    private Host? _host;

    public FakeServices Services { get; } = new();

    public TokenMaker Tokens => Services.Tokens;

    /// <summary>A browser that knows the OpenAPI document and fails on any answer that is not in it.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>What the gateway logs, once it listens.</summary>
    public LogRecorder Log { get; } = new();

    /// <summary>What the application itself says it serves.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints =>
        [.. _host!.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public async ValueTask InitializeAsync()
    {
        await Services.StartAsync();
        _host = new Host(Services, Log);
        _host.UseKestrel(0);
        _host.StartServer();
        var network = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        Client = new(new DocumentedAnswers(network)) { BaseAddress = _host.ClientOptions.BaseAddress };
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        try
        {
            if (_host is not null)
                await _host.DisposeAsync();
        }
        catch (ObjectDisposedException)
        {
            // The factory and the program itself both stop the host, and one of them comes second.
        }

        await Services.DisposeAsync();
    }

    /// <summary>The same gateway as a developer starts it. The caller disposes it.</summary>
    public WebApplicationFactory<Program> InDevelopment() => new Host(Services, Log, "Development");

    private sealed class Host(FakeServices services, LogRecorder log, string environment = "Production") : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(environment);
            builder.UseSetting("Tokens:Issuer", TokenMaker.Issuer);
            builder.UseSetting("Tokens:ClientId", "gateway");
            builder.UseSetting("Tokens:ClientSecret", "the gateway's own secret");
            // A forged key id is asked for once more; the next test must not wait for that.
            builder.UseSetting("Tokens:KeyRefreshInterval", "00:00:00.100");
            builder.UseSetting("Lifetime:Drain", "00:00:00");
            // Services that a test has told nothing do not answer.
            builder.UseSetting("WarmUp:Enabled", "false");
            builder.UseSetting("PageTokens:Key", Convert.ToBase64String(new byte[32]));
            builder.UseSetting("OrderEvents:Comment", "00:00:00.200");
            foreach (var upstream in FakeServices.Names.SelectMany(name => new[] { name, $"{name}-operations" }))
                builder.UseSetting($"GrpcClients:{upstream}:MinimumThroughput", "10000");
            builder.ConfigureLogging(log.AddTo);
            foreach (var service in FakeServices.Names)
            {
                builder.UseSetting($"services:{service}:grpc:0", services.GrpcAddressOf(service));
                builder.UseSetting($"services:{service}:http:0", services.HttpAddress);
            }
        }
    }
}
