using Grpc.Core;
using Microsoft.Extensions.Logging;
using Shop.Members.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.GrpcClients.Tokens;

/// <summary>
/// The token for one upstream, renewed in the background in the last fifth of its lifetime: calls neither wait for Members nor fail while it is briefly unavailable.
/// Concurrent calls share one request. Thread-safe.
/// </summary>
internal sealed partial class ServiceToken(
    string audience, Func<string, CancellationToken, Task<IssueServiceTokenResponse>> issue, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan IssueTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private volatile Issued? _issued;
    private Task<Issued>? _renewal;
    private long? _failedAt;

    public async ValueTask<string> GetAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var issued = _issued;

        if (issued is null || now >= issued.Expires)
            return (await Renew(inBackground: false).WaitAsync(cancel).ConfigureAwait(false)).Token;

        if (now >= issued.RenewFrom)
            _ = Renew(inBackground: true);
        return issued.Token;
    }

    public void Invalidate(string token)
    {
        if (_issued?.Token == token)
            _issued = null;
    }

    private Task<Issued> Renew(bool inBackground)
    {
        lock (_lock)
        {
            if (_renewal is { IsCompleted: false } || (inBackground && _failedAt is { } then && clock.GetElapsedTime(then) < RetryInterval))
                return _renewal!;

            // Independent of the first caller's context: that call may be cancelled while others wait.
            using (ExecutionContext.SuppressFlow())
                _renewal = Task.Run(RenewAsync);
            // Waiting calls see the failure; for a background renewal it is logged.
            _ = _renewal.ContinueWith(
                static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return _renewal;
        }
    }

    private async Task<Issued> RenewAsync()
    {
        using var timeout = new CancellationTokenSource(IssueTimeout, clock);
        var requestedAt = clock.GetUtcNow();
        try
        {
            var response = await issue(audience, timeout.Token).ConfigureAwait(false);
            var life = TimeSpan.FromSeconds(response.ExpiresIn);
            _issued = new Issued(response.AccessToken, requestedAt + (life * 0.8), requestedAt + life);
            lock (_lock)
                _failedAt = null;
            return _issued;
        }
        catch (Exception failure) when (failure is RpcException or OperationCanceledException)
        {
            lock (_lock)
                _failedAt = clock.GetTimestamp();
            LogFailed(failure, audience);
            throw new UnavailableException("No service token could be obtained.", TimeSpan.FromSeconds(1), "service_token_unavailable", failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "No service token for calls to {Audience} could be obtained")]
    private partial void LogFailed(Exception failure, string audience);

    private sealed record Issued(string Token, DateTimeOffset RenewFrom, DateTimeOffset Expires);
}
