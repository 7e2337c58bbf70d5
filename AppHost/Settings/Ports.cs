using System.Net;
using System.Net.Sockets;

namespace Shop.AppHost.Settings;

/// <summary>Ports are checked before anything starts: the orchestrator would wait for a taken one without a word.</summary>
internal static class Ports
{
    /// <param name="use">Who wants it, for the message.</param>
    /// <param name="setting">The setting that changes it.</param>
    /// <param name="port">0 takes a free one.</param>
    public static int Claim(string use, string setting, int port)
    {
        if (port == 0)
            return Free();
        if (port is < 0 or > IPEndPoint.MaxPort)
            throw new SetupException($"{setting} is {port}, which is no port.");
        if (IsFree(port))
            return port;

        var owner = OperatingSystem.IsLinux() && PortOwner.Find(port) is { } found ? $" by {found}" : "";
        throw new SetupException($"port {port} ({use}) is taken{owner}; end that, or set {setting.Replace(":", "__", StringComparison.Ordinal)} to another port.");
    }

    /// <summary>Below the range that outgoing connections draw from, so that none of them takes it before its server listens.</summary>
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
            return true;    // this machine has no such address, so nobody listens there
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
