using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Shop.Hosting.Tests.Running;

namespace Shop.Hosting.Tests;

/// <summary>Where the stand-in says a clear sentence instead of the real packages' behaviour.</summary>
public sealed class Kit_only
{
    private static bool IsStandIn => typeof(DistributedApplication).Assembly.GetType("Aspire.Hosting.IBuiltProject") is not null;

    [Fact]
    public async Task A_fixed_port_that_is_taken_is_named_with_who_wants_it_and_who_has_it()
    {
        Assert.SkipUnless(IsStandIn, "The real packages wait for the port.");
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => SampleApp.StartAsync("refused", "--TakenPort", $"{port}"));

        Assert.StartsWith($"Port {port}, wanted by resource wanting, is taken by ", refusal.Message, StringComparison.Ordinal);
        if (OperatingSystem.IsLinux())
            Assert.Contains($"(process {Environment.ProcessId})", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_is_refused_by_name()
    {
        Assert.SkipUnless(IsStandIn, "The real packages run containers.");

        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => SampleApp.StartAsync("refused"));

        Assert.Contains("cannot run containers (boxed)", refusal.Message, StringComparison.Ordinal);
    }
}
