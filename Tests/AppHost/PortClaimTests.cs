using System.Net;
using System.Net.Sockets;
using Shop.AppHost.Settings;

namespace Shop.AppHost.Tests;

public sealed class PortClaimTests
{
    [Fact]
    public void A_taken_port_is_refused_with_its_owner_and_the_setting_that_changes_it()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var refused = Assert.Throws<SetupException>(() => Ports.Claim("gateway", "Shop:Ports:Gateway", port));

        Assert.Contains($"port {port} (gateway) is taken", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Shop__Ports__Gateway", refused.Message, StringComparison.Ordinal);
        if (OperatingSystem.IsLinux())
            Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Zero_takes_a_free_port_that_no_outgoing_connection_is_given()
    {
        var port = Ports.Claim("gateway", "Shop:Ports:Gateway", 0);
        Assert.InRange(port, 20_000, 29_999);
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(65536)]
    public void A_number_that_is_no_port_is_refused(int port) =>
        Assert.Throws<SetupException>(() => Ports.Claim("gateway", "Shop:Ports:Gateway", port));
}
