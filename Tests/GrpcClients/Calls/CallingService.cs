using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shop.ServiceDefaults;

namespace Shop.GrpcClients.Tests.Calls;

/// <summary>A process that calls the probe service by a gRPC client.</summary>
internal sealed class CallingService : IAsyncDisposable
{
    public const string Upstream = "probe";

    private readonly IHost _host;

    private CallingService(IHost host) => _host = host;

    public V1.ProbeService.ProbeServiceClient Client => _host.Services.GetRequiredService<V1.ProbeService.ProbeServiceClient>();

    public IServiceProvider Services => _host.Services;

    public static async Task<CallingService> StartAsync(string address, Action<GrpcClientOptions>? configure = null, TimeProvider? clock = null, KeyValuePair<string, string?>[]? settings = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(RunningService.Configuration(1, 2));
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        if (clock is not null)
            builder.Services.AddSingleton(clock);
        builder.AddGrpcClient<V1.ProbeService.ProbeServiceClient>(Upstream, upstream =>
        {
            upstream.Address = new Uri(address);
            upstream.Anonymous = true;
            upstream.Timeout = TimeSpan.FromSeconds(20);
            configure?.Invoke(upstream);
        });

        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new CallingService(host);
    }

    public async Task<string> AskAsync(string text = "", CancellationToken? cancel = null) =>
        (await Client.AskAsync(new() { Text = text }, cancellationToken: cancel ?? TestContext.Current.CancellationToken)).Text;

    public async Task<string> AskIdempotentAsync() => (await Client.AskIdempotentAsync(new(), cancellationToken: TestContext.Current.CancellationToken)).Text;

    public async Task<string> ReadAsync() => (await Client.ReadAsync(new(), cancellationToken: TestContext.Current.CancellationToken)).Text;

    public ValueTask DisposeAsync()
    {
        _host.Dispose();
        return ValueTask.CompletedTask;
    }
}
