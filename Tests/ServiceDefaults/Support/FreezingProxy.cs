using System.Net;
using System.Net.Sockets;
using Shop.ServiceDefaults.Access;

namespace Shop.ServiceDefaults.Tests.Support;

/// <summary>A proxy before a service that can freeze like a hanging replica: its connections stay open without responses.</summary>
internal sealed class FreezingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Uri _service;
    private readonly List<(Socket Caller, Socket Service, CancellationTokenSource Passing)> _connections = [];

    public FreezingProxy(string service)
    {
        _service = new Uri(service);
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Freezes the existing connections; new ones are served.</summary>
    public void Freeze()
    {
        lock (_connections)
            _connections.ForEach(connection => connection.Passing.Cancel());
    }

    public void Dispose()
    {
        _listener.Dispose();
        lock (_connections)
        {
            foreach (var (caller, service, passing) in _connections)
            {
                passing.Cancel();
                caller.Dispose();
                service.Dispose();
            }
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var caller = await _listener.AcceptSocketAsync();
            var service = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await service.ConnectAsync(_service.Host, _service.Port);
            var passing = new CancellationTokenSource();
            lock (_connections)
                _connections.Add((caller, service, passing));
            _ = PassAsync(caller, service, passing.Token);
            _ = PassAsync(service, caller, passing.Token);
        }
    }

    private static async Task PassAsync(Socket from, Socket to, CancellationToken cancel)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReceiveAsync(buffer, cancel) is > 0 and var count)
            await to.SendAsync(buffer.AsMemory(0, count), cancel);
    }
}
