using System.Diagnostics;

namespace Shop.ServiceDefaults.Callees;

/// <summary>
/// Spreads calls over several HTTP/2 connections per address. One would do for the load, but a connection stays with the replica it met behind a shared port;
/// several meet several, and because each lives for a limited time, a replica that was added is met soon.
/// </summary>
internal sealed class SpreadingHandler : HttpMessageHandler
{
    private readonly HttpMessageInvoker[] _connections;
    private uint _next;

    public SpreadingHandler(CalleeOptions options)
    {
        _connections = new HttpMessageInvoker[options.Connections];
        for (var i = 0; i < _connections.Length; i++)
        {
            // Between 3/4 and all of the lifetime, so that they do not all begin anew at the same moment.
            var lifetime = options.ConnectionLifetime * (1 - (0.25 * i / _connections.Length));
            _connections[i] = new HttpMessageInvoker(Connection(lifetime));
        }
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        PassTrace(request);
        var connection = _connections[Interlocked.Increment(ref _next) % (uint)_connections.Length];
        return connection.SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var connection in _connections)
                connection.Dispose();
        }

        base.Dispose(disposing);
    }

    private static SocketsHttpHandler Connection(TimeSpan lifetime) => new()
    {
        PooledConnectionLifetime = lifetime,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        ConnectTimeout = TimeSpan.FromSeconds(2),
        // Finds a replica that hangs while calls wait for it.
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        KeepAlivePingDelay = TimeSpan.FromSeconds(10),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
        // Only when a connection has as many calls under way as its server takes.
        EnableMultipleHttp2Connections = true,
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        // No span for the POST below a call: the call has one. The trace is passed on above instead.
        ActivityHeadersPropagator = null,
    };

    /// <summary>Also without a collector, for logs. With one, gRPC's instrumentation has passed it on already, and a server ignores a trace that comes twice.</summary>
    private static void PassTrace(HttpRequestMessage request)
    {
        if (request.Headers.Contains("traceparent"))
            return;

        DistributedContextPropagator.Current.Inject(Activity.Current, request, static (carrier, name, value) =>
            ((HttpRequestMessage)carrier!).Headers.TryAddWithoutValidation(name, value));
    }
}
