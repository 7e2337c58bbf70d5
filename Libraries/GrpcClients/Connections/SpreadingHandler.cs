using System.Diagnostics;
using System.Net.Sockets;
using Shop.ServiceDefaults.Errors;

namespace Shop.GrpcClients.Connections;

/// <summary>
/// Spreads calls over several HTTP/2 connections per address. One would carry the load, but behind a shared port each connection stays with one replica: several
/// connections reach several replicas, and their limited lifetime lets a new replica get its share.
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
            // Between 3/4 and all of the lifetime, so that they are not all renewed at the same time.
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
        catch (HttpRequestException failure) when (!cancellationToken.IsCancellationRequested && BrokenConnection.Is(failure))
        {
            // The gRPC client maps an exception to UNAVAILABLE, which it retries, only if it has an inner SocketException; others become INTERNAL, for instance that of a
            // connection closed after unanswered pings.
            throw new HttpRequestException(failure.HttpRequestError, failure.Message, new IOException(failure.Message, new SocketException((int)SocketError.ConnectionReset)));
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
        // Detects a replica that hangs while calls are pending.
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        KeepAlivePingDelay = options.PingDelay,
        KeepAlivePingTimeout = options.PingTimeout,
        // A further connection is opened only at the server's limit of concurrent streams.
        EnableMultipleHttp2Connections = true,
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        // No span for the POST below a call, which has its own span. PassTrace passes the trace context.
        ActivityHeadersPropagator = null,
    };

    /// <summary>Passes the trace context, which logs need even without a collector. With one, gRPC's instrumentation has set it already; a server ignores a duplicated header.</summary>
    private static void PassTrace(HttpRequestMessage request)
    {
        if (request.Headers.Contains("traceparent"))
            return;

        DistributedContextPropagator.Current.Inject(Activity.Current, request, static (carrier, name, value) =>
            ((HttpRequestMessage)carrier!).Headers.TryAddWithoutValidation(name, value));
    }
}
