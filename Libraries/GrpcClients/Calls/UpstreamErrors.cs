using Grpc.Core;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.GrpcClients.Calls;

/// <summary>Failures of calls that were never sent, or not answered. They look like the upstream being away, which is what they are to the code that called.</summary>
internal static class UpstreamErrors
{
    public const string BulkheadFull = "bulkhead_full";
    public const string BreakerOpen = "breaker_open";

    public static RpcException Full(string upstream) =>
        new UnavailableException($"The bulkhead of {upstream} is full: too many calls are under way.", TimeSpan.FromSeconds(1), BulkheadFull).ToRpcException();

    public static RpcException Open(string upstream, TimeSpan? retryAfter) =>
        new UnavailableException($"The breaker of {upstream} is open: it failed too often just now.", retryAfter, BreakerOpen).ToRpcException();

    public static RpcException TokenRefused(string upstream, Exception cause) =>
        new UnavailableException($"{upstream} did not accept the service token; the next call gets another one.", null, "service_token_refused", cause)
            .ToRpcException();

    /// <summary>It was sent, and nobody knows what became of it: retries are for methods that allow them.</summary>
    public static RpcException Broken(string upstream, Exception cause) =>
        new UnavailableException($"The connection to {upstream} broke during the call.", null, "connection_broken", cause).ToRpcException();

    public static RpcException DeadlineExceeded(string upstream) => new(new Status(StatusCode.DeadlineExceeded, $"No time was left to call {upstream}."));
}
