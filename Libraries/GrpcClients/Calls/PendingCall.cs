using Grpc.Core;

namespace Shop.GrpcClients.Calls;

/// <summary>A call that has not started yet: it may first wait for a permit or a token.</summary>
internal sealed class PendingCall<TResponse> : IDisposable
{
    private Task<TResponse>? _response;
    private volatile AsyncUnaryCall<TResponse>? _started;
    private volatile bool _isDisposed;

    public PendingCall<TResponse> Of(Task<TResponse> response)
    {
        _response = response;
        return this;
    }

    public Task<TResponse> Start(AsyncUnaryCall<TResponse> started)
    {
        _started = started;
        if (_isDisposed)
            started.Dispose();

        return started.ResponseAsync;
    }

    /// <summary>Completes with the response at the latest.</summary>
    public async Task<Metadata> HeadersAsync()
    {
        await ((Task)_response!).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_started is { } started)
            return await started.ResponseHeadersAsync.ConfigureAwait(false);

        await _response!.ConfigureAwait(false);
        return [];
    }

    public Status Status()
    {
        if (_started is { } started)
            return started.GetStatus();
        if (_response is { IsFaulted: true, Exception.InnerException: RpcException error })
            return error.Status;

        throw new InvalidOperationException("The call has not ended.");
    }

    public Metadata Trailers() => _started?.GetTrailers() ?? [];

    public void Dispose()
    {
        _isDisposed = true;
        _started?.Dispose();
    }
}
