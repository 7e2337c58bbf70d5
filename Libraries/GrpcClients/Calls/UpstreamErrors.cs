using Grpc.Core;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.GrpcClients.Calls;

/// <summary>Errors of calls that were not sent, or got no response. To the calling code they mean that the upstream is unavailable.</summary>
internal static class UpstreamErrors
{
    public const string BulkheadFull = "bulkhead_full";
    public const string BreakerOpen = "breaker_open";

    public static RpcException Full(string upstream) =>
        new UnavailableException($"The bulkhead of {upstream} is full: too many concurrent calls.", TimeSpan.FromSeconds(1), BulkheadFull).ToRpcException();

    public static RpcException Open(string upstream, TimeSpan? retryAfter) =>
        new UnavailableException($"The breaker of {upstream} is open: too many recent calls failed.", retryAfter, BreakerOpen).ToRpcException();

    public static RpcException TokenRefused(string upstream, Exception cause) =>
        new UnavailableException($"{upstream} did not accept the service token; the next call gets another one.", null, "service_token_refused", cause)
            .ToRpcException();

    /// <summary>The call was sent and its outcome is unknown: only idempotent methods may be retried.</summary>
    public static RpcException Broken(string upstream, Exception cause) =>
        new UnavailableException($"The connection to {upstream} broke during the call.", null, "connection_broken", cause).ToRpcException();

    public static RpcException DeadlineExceeded(string upstream) => new(new Status(StatusCode.DeadlineExceeded, $"No time was left to call {upstream}."));
}
