using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Shop.AppHost.Settings;
using Shop.Testing;

namespace Shop.AppHost.Tests;

/// <summary>Every configurable port, taken by another process: reported in one sentence, before anything has started.</summary>
public sealed class TakenPortTests : IDisposable
{
    private readonly string _folder = TestFolder.New("ports");

    public void Dispose() => TestFolder.Delete(_folder);

    [Fact]
    public async Task Each_is_named_with_its_setting_and_nothing_has_been_started()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        await Task.WhenAll(
            RefusedAsync("gateway", "Gateway", port),
            RefusedAsync("storefront", "Storefront", port),
            RefusedAsync("dashboard", "Dashboard", port),
            RefusedAsync("payment-provider", "PaymentProvider", port),
            RefusedAsync("kafka", "Kafka", port),
            RefusedAsync("postgres", "Postgres", port));
    }

    [Fact]
    public async Task The_dashboards_port_of_a_launch_profile_is_checked_too()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        using var appHost = AppHostProcess.Start(_folder, ("Shop__Ports__Dashboard", ""), ("ASPNETCORE_URLS", $"http://localhost:{port}"));

        Assert.StartsWith($"shop: port {port} (dashboard) is taken", (await appHost.EndAsync()).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_is_wanted_for_two_uses_is_refused()
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });
        var port = builder.ClaimPort("gateway", "Shop:Ports:Gateway", 0);

        var refused = Assert.Throws<SetupException>(() => builder.ClaimPort("dashboard", "Shop:Ports:Dashboard", port));

        Assert.Equal($"port {port} is configured twice, for gateway and for dashboard; set Shop__Ports__Dashboard to another port.", refused.Message);
    }

    private async Task RefusedAsync(string use, string setting, int port)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, use)).FullName;
        using var appHost = AppHostProcess.Start(folder, ($"Shop__Ports__{setting}", $"{port}"));

        var (code, said) = await appHost.EndAsync();

        Assert.Equal(1, code);
        Assert.Matches($"^shop: port {port} \\({use}\\) is taken.*; end that, or set Shop__Ports__{setting} to another port\\.$", said.Trim());
        // The locks and their owners.
        var left = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order();
        Assert.Equal(["apphost.lock", "apphost.lock.pid", "info.lock", "info.lock.pid"], left);
    }
}
