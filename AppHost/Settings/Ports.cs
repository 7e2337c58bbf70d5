using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Shop.AppHost.Settings;

/// <summary>Checks ports before any resource starts: the orchestrator would wait for a taken port without an error.</summary>
internal static class Ports
{
    // By builder: the ports and their uses. Nothing listens on them yet, so binding would not detect a second use.
    private static readonly ConditionalWeakTable<IDistributedApplicationBuilder, Dictionary<int, string>> Claimed = [];

    /// <inheritdoc cref="Claim(string, string, int)"/>
    /// <exception cref="SetupException">The port is taken, by another process or by another use of this shop.</exception>
    public static int ClaimPort(this IDistributedApplicationBuilder builder, string use, string setting, int port)
    {
        var claimed = Claimed.GetOrCreateValue(builder);
        if (port != 0 && claimed.TryGetValue(port, out var other))
            throw new SetupException($"port {port} is configured twice, for {other} and for {use}; set {Variable(setting)} to another port.");

        int mine;
        do
            mine = Claim(use, setting, port);
        while (!claimed.TryAdd(mine, use));
        return mine;
    }

    /// <param name="use">What the port is for, for the message.</param>
    /// <param name="setting">The setting that changes it.</param>
    /// <param name="port">0 takes a free one.</param>
    public static int Claim(string use, string setting, int port)
    {
        if (port == 0)
            return Free();
        if (port is < 0 or > IPEndPoint.MaxPort)
            throw new SetupException($"{setting} is {port}, which is not a valid port.");
        if (IsFree(port))
            return port;

        var owner = OperatingSystem.IsLinux() && PortOwner.Find(port) is { } found ? $" by {found}" : "";
        throw new SetupException($"port {port} ({use}) is taken{owner}; end that, or set {Variable(setting)} to another port.");
    }

    private static string Variable(string setting) => setting.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Below the ephemeral port range, so that no outgoing connection takes it before its server listens.</summary>
    public static int Free()
    {
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            var port = Random.Shared.Next(20_000, 30_000);
            if (IsFree(port))
                return port;
        }

        throw new SetupException("no free port was found between 20000 and 30000.");
    }

    private static bool IsFree(int port) => CanBind(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanBind(IPAddress.IPv6Loopback, port));

    private static bool CanBind(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (OperatingSystem.IsWindows())
            socket.ExclusiveAddressUse = true;    // two sockets could share a port there

        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(1);
            return true;
        }
        catch (SocketException failure) when (failure.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            return true;    // this machine has no such address
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
