using System.Diagnostics;
using System.Net.Sockets;
using Shop.ServiceDefaults.Errors;

namespace Shop.GrpcClients.Connections;

/// <summary>
/// Spreads calls over several HTTP/2 connections per address. One would do for the load, but a connection stays with the replica it met behind a shared port;
/// several meet several, and because each lives for a limited time, a replica that was added is met soon.
/// </summary>
internal sealed class SpreadingHandler : HttpMessageHandler
{
    private readonly HttpMessageInvoker[] _connections;
    private uint _next;

    public SpreadingHandler(GrpcClientOptions options)
    {
        _connections = new HttpMessageInvoker[options.Connections];
        for (var i = 0; i < _connections.Length; i++)
        {
            // Between 3/4 and all of the lifetime, so that they do not all begin anew at the same moment.
            var lifetime = options.ConnectionLifetime * (1 - (0.25 * i / _connections.Length));
            _connections[i] = new HttpMessageInvoker(Connection(options, lifetime));
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        PassTrace(request);
        var connection = _connections[Interlocked.Increment(ref _next) % (uint)_connections.Length];
        try
        {
            return await connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException broken) when (!cancellationToken.IsCancellationRequested && BrokenConnection.Is(broken))
        {
            // The gRPC client takes an exception for UNAVAILABLE, which it retries, only if it finds a socket's inside; others are INTERNAL to it. A connection that was
            // given up because nobody answers its pings, for instance.
            throw new HttpRequestException(broken.HttpRequestError, broken.Message, new IOException(broken.Message, new SocketException((int)SocketError.ConnectionReset)));
        }
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

    private static SocketsHttpHandler Connection(GrpcClientOptions options, TimeSpan lifetime) => new()
    {
        PooledConnectionLifetime = lifetime,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        ConnectTimeout = TimeSpan.FromSeconds(2),
        // Finds a replica that hangs while calls wait for it.
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        KeepAlivePingDelay = options.PingDelay,
        KeepAlivePingTimeout = options.PingTimeout,
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
