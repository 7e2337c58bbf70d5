using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Shop.ServiceDefaults.Tests.Endpoints;

public sealed class ConnectionLimitTests
{
    private const int Limit = 10;

    [Fact]
    public async Task One_connection_too_many_is_closed_and_a_freed_one_is_reused()
    {
        await using var service = await RunningService.StartAsync(builder => builder.Configuration["Endpoints:MaxConnections"] = $"{Limit}");
        var sockets = new List<Socket>();
        for (var i = 0; i < Limit + 1; i++)
            sockets.Add(await ConnectAsync(service));

        // Not always the last one: the server counts on several threads.
        var closed = await await Task.WhenAny(sockets.ConvertAll(ClosedAsync)).WaitAsync(TimeSpan.FromSeconds(30));
        sockets.Remove(closed);
        closed.Dispose();
        sockets[0].Dispose();
        await Eventually.TrueAsync(() => IsAliveAsync(service), "the next one is served");
        sockets.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task There_is_a_limit_where_nothing_is_configured()
    {
        await using var service = await RunningService.StartAsync();

        var limits = service.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.Equal((10_000, 100), (limits.MaxConcurrentConnections, limits.MaxConcurrentUpgradedConnections));
    }

    private static async Task<bool> IsAliveAsync(RunningService service)
    {
        // Fails until the server has noticed the closed connection.
        using var answer = await service.Http.GetAsync("/alive", TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode;
    }

    private static async Task<Socket> ConnectAsync(RunningService service)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(service.Http.BaseAddress!.Host, service.Http.BaseAddress.Port, TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>Completes when the server closes it.</summary>
    private static async Task<Socket> ClosedAsync(Socket socket)
    {
        try
        {
            Assert.Equal(0, await socket.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken));
        }
        catch (SocketException)
        {
            // reset
        }
        return socket;
    }
}
