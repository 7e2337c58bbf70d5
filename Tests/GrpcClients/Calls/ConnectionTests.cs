using Shop.ServiceDefaults;

namespace Shop.GrpcClients.Tests.Calls;

public sealed class ConnectionTests
{
    [Fact]
    public async Task Calls_are_spread_evenly_over_the_connections()
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        await using var caller = await CallingService.StartAsync(service.GrpcAddress, upstream => upstream.Connections = 4);

        for (var i = 0; i < 40; i++)
            await caller.AskAsync();

        Assert.Equal([10, 10, 10, 10], service.Probe.Connections.Values);
    }

    [Fact]
    public async Task A_connection_takes_no_calls_after_its_life()
    {
        await using var service = await RunningService.StartAsync(checksTokens: false);
        await using var caller = await CallingService.StartAsync(service.GrpcAddress, upstream =>
        {
            upstream.Connections = 1;
            upstream.ConnectionLifetime = TimeSpan.FromSeconds(1);
        });

        await caller.AskAsync();
        await Eventually.TrueAsync(async () =>
        {
            await caller.AskAsync().WaitAsync(TimeSpan.FromSeconds(5));
            return service.Probe.Connections.Count > 1;
        }, "a second connection is used");
    }
}
