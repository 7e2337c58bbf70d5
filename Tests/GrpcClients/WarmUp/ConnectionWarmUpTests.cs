using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shop.GrpcClients.Calls;
using Shop.ServiceDefaults;

namespace Shop.GrpcClients.Tests.WarmUp;

public sealed class ConnectionWarmUpTests
{
    [Fact]
    public async Task All_connections_to_an_upstream_are_open_before_the_service_is_ready()
    {
        var connections = new HashSet<string>();
        await using var upstream = await RunningService.StartAsync(checksTokens: false, map: app => app.Use((context, next) =>
        {
            lock (connections)
                connections.Add(context.Connection.Id);
            return next(context);
        }));
        await using var caller = await CallerAsync(upstream.GrpcAddress);

        await Eventually.TrueAsync(() => IsReadyAsync(caller), "the service is ready");

        // Four to the upstream, and one to the token issuer, which has the same address here.
        Assert.Equal(4 + 1, connections.Count);
        Assert.Empty(upstream.Probe.Calls);
    }

    [Fact]
    public async Task An_upstream_that_is_not_there_yet_is_waited_for_and_opens_no_breaker()
    {
        await using var caller = await CallerAsync($"http://127.0.0.1:{RunningService.FreePort()}");
        var circuit = caller.Services.GetRequiredService<UpstreamCircuits>().Of("probe");

        // The step's timeout is 1 s: by then it has tried more often than the breaker's minimum of two calls.
        await Eventually.TrueAsync(() => IsReadyAsync(caller), "the service is ready without it");

        Assert.Equal(Polly.CircuitBreaker.CircuitState.Closed, circuit.State);
    }

    private static Task<RunningService> CallerAsync(string address) => RunningService.StartAsync(checksTokens: false,
        before: builder => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["WarmUp:Enabled"] = "true", ["WarmUp:Timeout"] = "00:00:01", ["WarmUp:Pause"] = "00:00:00.020", ["GrpcClients:members-tokens:Address"] = address,
        }),
        build: builder => builder.AddGrpcClient<V1.ProbeService.ProbeServiceClient>("probe", options =>
        {
            options.Address = new Uri(address);
            options.Anonymous = true;
            options.MinimumThroughput = 2;
        }));

    private static async Task<bool> IsReadyAsync(RunningService service)
    {
        using var answer = await service.Http.GetAsync("/health", TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode;
    }
}
