using System.Net;
using System.Net.Sockets;
using Npgsql;
using Shop.Payments.Tests.Running;
using Shop.Testing;

namespace Shop.Payments.Tests.Provider;

public sealed class StartTests(RunningPayments running)
{
    [Fact]
    public async Task A_provider_waits_for_a_database_that_comes_later()
    {
        var database = new NpgsqlConnectionStringBuilder(await running.NewDatabaseAsync("provider"));
        var (port, server) = (Ports.Free(), database.Port);
        (database.Host, database.Port) = ("127.0.0.1", port);
        await using var provider = new ProviderProcess(database.ConnectionString);

        provider.Launch();
        await Eventually.TrueAsync(() => provider.Output.Contains("The database cannot be reached", StringComparison.Ordinal), "it says that it waits", TimeSpan.FromSeconds(30));
        Assert.False(provider.HasExited);

        using var http = new TcpListener(IPAddress.Loopback, port);
        http.Start();
        _ = ForwardAsync(http, server);

        await Eventually.TrueAsync(provider.IsHealthyAsync, "it has gone on", TimeSpan.FromSeconds(60));
        Assert.Empty(await provider.LedgerAsync());
    }

    private static async Task ForwardAsync(TcpListener http, int port)
    {
        while (true)
        {
            var client = await http.AcceptTcpClientAsync();
            var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, port);
            _ = client.GetStream().CopyToAsync(server.GetStream());
            _ = server.GetStream().CopyToAsync(client.GetStream());
        }
    }
}
