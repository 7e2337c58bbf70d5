using System.Net;
using System.Net.Sockets;

namespace Shop.MockBroker;

/// <summary>Forwards a fixed port to the mock, which chooses its own port.</summary>
internal static class Forwarder
{
    public static async Task RunAsync(int port, IPEndPoint target, CancellationToken end)
    {
        var addresses = Socket.OSSupportsIPv6 ? new[] { IPAddress.Loopback, IPAddress.IPv6Loopback } : [IPAddress.Loopback];
        await Task.WhenAll(addresses.Select(address => AcceptAsync(address, port, target, end)));
    }

    private static async Task AcceptAsync(IPAddress address, int port, IPEndPoint target, CancellationToken end)
    {
        using var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
            while (true)
                _ = ForwardAsync(await listener.AcceptSocketAsync(end), target, end);
        }
        catch (OperationCanceledException)
        {
            // the end
        }
        catch (SocketException failure) when (address.AddressFamily is AddressFamily.InterNetworkV6
            && failure.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            // this machine has no IPv6 loopback address
        }
    }

    private static async Task ForwardAsync(Socket client, IPEndPoint target, CancellationToken end)
    {
        using var from = client;
        using var to = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        from.NoDelay = true;
        try
        {
            await to.ConnectAsync(target, end);
            // When one side closes, both are closed: Kafka's protocol has no half-closed connections.
            await Task.WhenAny(CopyAsync(from, to, end), CopyAsync(to, from, end));
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            // The client sees a closed connection and reconnects.
        }
    }

    private static async Task CopyAsync(Socket from, Socket to, CancellationToken end)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer, end) is > 0 and var received)
        {
            for (var sent = 0; sent < received;)
                sent += await to.SendAsync(buffer.AsMemory(sent, received - sent), end);
        }
    }
}
