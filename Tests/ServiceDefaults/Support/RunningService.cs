using System.Net;
using System.Net.Sockets;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shop.ServiceDefaults.Access;

namespace Shop.ServiceDefaults.Tests.Support;

/// <summary>A service as the AppHost would start it, in this process, on real ports and with the real protocols.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    public const string Name = "probe";

    private static int _lastPort = Random.Shared.Next(15_000);

    private readonly WebApplication _app;
    private readonly List<GrpcChannel> _channels = [];

    private RunningService(WebApplication app, int httpPort, int grpcPort)
    {
        _app = app;
        // An external client, without a trace.
        Http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = new Uri($"http://127.0.0.1:{httpPort}") };
        GrpcAddress = $"http://127.0.0.1:{grpcPort}";
    }

    public HttpClient Http { get; }

    public string GrpcAddress { get; }

    public IServiceProvider Services => _app.Services;

    public Probe Probe => Services.GetRequiredService<Probe>();

    public static async Task<RunningService> StartAsync(
        Action<WebApplicationBuilder>? build = null, Action<WebApplication>? map = null, TestTokens? tokens = null, bool checksTokens = true, bool asksMembers = false,
        Action<WebApplicationBuilder>? before = null)
    {
        var (http, grpc) = (FreePort(), FreePort());
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(Configuration(http, grpc));
        before?.Invoke(builder);
        builder.AddServiceDefaults(defaults => defaults.ChecksTokens = checksTokens);
        if (!asksMembers)
            builder.Services.AddSingleton<ITokenKeys>(tokens ?? new TestTokens());
        builder.Services.AddSingleton<Probe>();
        build?.Invoke(builder);

        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapGrpcService<ProbeService>();
        map?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);

        return new RunningService(app, http, grpc);
    }

    public V1.ProbeService.ProbeServiceClient Client() => new(Channel());

    public GrpcChannel Channel()
    {
        var channel = GrpcChannel.ForAddress(GrpcAddress);
        _channels.Add(channel);
        return channel;
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _channels.ForEach(channel => channel.Dispose());
        Http.Dispose();
        await _app.DisposeAsync();
    }

    public static Dictionary<string, string?> Configuration(int httpPort, int grpcPort) => new()
    {
        ["urls"] = $"http://127.0.0.1:{httpPort};http://127.0.0.1:{grpcPort}",
        ["GRPC_PORT"] = $"{grpcPort}",
        ["Tokens:Issuer"] = TestTokens.Issuer,
        ["Tokens:ClientId"] = Name,
        ["Tokens:ClientSecret"] = "secret",
        ["Lifetime:Drain"] = "00:00:00",
        // Metrics are collected from the start.
        ["WarmUp:Enabled"] = "false",
    };

    /// <summary>Below the ephemeral range, and never the same twice: it is not taken before the server starts.</summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = 15_000 + (Interlocked.Increment(ref _lastPort) % 15_000);
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }
    }
}
