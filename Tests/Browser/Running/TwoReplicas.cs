using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Shop.Testing;

namespace Shop.Browser.Tests.Running;

/// <summary>
/// A second process of a web program, with the environment of the first, and a load balancer before both: connections go to the first one until it refuses one, from then on to the second.
/// Reads the environment from <c>/proc</c>.
/// </summary>
internal sealed class TwoReplicas : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(1);
    private readonly CancellationTokenSource _end = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly (int First, int Second) _ports;
    private readonly ServerProcess _second;
    private readonly Task _accepting;
    private int _connectionsOfSecond;
    private volatile bool _isFirstGone;

    private TwoReplicas(int first, int second, ServerProcess process)
    {
        (_ports, _second) = ((first, second), process);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Of the load balancer.</summary>
    public string Address => $"http://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How many connections went to the second process.</summary>
    public int ConnectionsOfSecond => Volatile.Read(ref _connectionsOfSecond);

    /// <param name="info">The document of <c>./shop info</c>.</param>
    /// <param name="address">Of the first process.</param>
    public static async Task<TwoReplicas> StartAsync(Func<Task<string>> info, string program, string address)
    {
        using var document = JsonDocument.Parse(await info());
        var pid = document.RootElement.GetProperty("services").GetProperty(program).GetProperty("replicas")[0].GetProperty("pid").GetInt32();
        var port = Ports.Free();
        var environment = Encoding.UTF8.GetString(await File.ReadAllBytesAsync($"/proc/{pid}/environ")).Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(variable => variable.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]);
        environment["ASPNETCORE_URLS"] = $"http://localhost:{port}";
        environment["ASPNETCORE_CONTENTROOT"] = Path.TrimEndingDirectorySeparator(new FileInfo($"/proc/{pid}/cwd").ResolveLinkTarget(returnFinalTarget: true)!.FullName);
        var process = ServerProcess.Start(new FileInfo($"/proc/{pid}/exe").ResolveLinkTarget(returnFinalTarget: true)!.FullName, [], environment);
        try
        {
            await process.AnswersAsync(port, StartsWithin);
            await ShopInBrowser.AnswersAsync($"http://localhost:{port}");
        }
        catch
        {
            await process.KillAsync();
            await process.DisposeAsync();
            throw;
        }
        return new(new Uri(address).Port, port, process);
    }

    public async ValueTask DisposeAsync()
    {
        await _second.KillAsync();
        await _second.DisposeAsync();
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ForwardAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ForwardAsync(TcpClient browser)
    {
        using (browser)
        using (var replica = await ConnectAsync())
        {
            if (replica is null)
                return;
            try
            {
                // The end of either direction ends the connection.
                await await Task.WhenAny(browser.GetStream().CopyToAsync(replica.GetStream(), _end.Token), replica.GetStream().CopyToAsync(browser.GetStream(), _end.Token));
            }
            catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException or InvalidOperationException)
            {
                // A killed process resets its connections, and the browser makes new ones.
            }
        }
    }

    /// <returns>Null: neither accepts it.</returns>
    private async Task<TcpClient?> ConnectAsync()
    {
        foreach (var port in _isFirstGone ? [_ports.Second] : new[] { _ports.First, _ports.Second })
        {
            var replica = new TcpClient();
            try
            {
                await replica.ConnectAsync("localhost", port, _end.Token);
                if (port == _ports.Second)
                    Interlocked.Increment(ref _connectionsOfSecond);
                return replica;
            }
            catch (Exception failure) when (failure is SocketException or OperationCanceledException)
            {
                replica.Dispose();
                _isFirstGone = true;
            }
        }

        return null;
    }
}
