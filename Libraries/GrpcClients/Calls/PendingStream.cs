using Grpc.Core;
using Shop.ServiceDefaults.Errors;

namespace Shop.GrpcClients.Calls;

/// <summary>A server stream that starts with its first read, because it may have to wait for a token.</summary>
internal sealed class PendingStream<TResponse>(string upstream, CallLimits limits, Func<CallLimits, Task<AsyncServerStreamingCall<TResponse>>> start)
    : IAsyncStreamReader<TResponse>, IDisposable
{
    private readonly Lock _lock = new();
    private Task<AsyncServerStreamingCall<TResponse>>? _call;
    private AsyncServerStreamingCall<TResponse>? _started;
    private bool _isDisposed;

    public TResponse Current => _started is { } started ? started.ResponseStream.Current : throw new InvalidOperationException("Nothing was read yet.");

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        var call = await StartAsync().ConfigureAwait(false);
        try
        {
            return await call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException failure) when (BrokenConnection.IsCause(failure))
        {
            throw UpstreamErrors.Broken(upstream, failure);
        }
    }

    public async Task<Metadata> HeadersAsync()
    {
        var call = await StartAsync().ConfigureAwait(false);
        return await call.ResponseHeadersAsync.ConfigureAwait(false);
    }

    public Status Status() => _started?.GetStatus() ?? throw new InvalidOperationException("The stream has not begun.");

    public Metadata Trailers() => _started?.GetTrailers() ?? [];

    public void Dispose()
    {
        lock (_lock)
            _isDisposed = true;
        _started?.Dispose();
        limits.Dispose();
    }

    private Task<AsyncServerStreamingCall<TResponse>> StartAsync()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _call ??= BeginAsync();
        }
    }

    private async Task<AsyncServerStreamingCall<TResponse>> BeginAsync()
    {
        var call = await start(limits).ConfigureAwait(false);
        lock (_lock)
        {
            _started = call;
            if (_isDisposed)
                call.Dispose();
        }

        return call;
    }
}
