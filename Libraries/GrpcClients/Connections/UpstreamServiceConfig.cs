using Grpc.Core;
using Grpc.Net.Client.Configuration;

namespace Shop.GrpcClients.Connections;

/// <summary>Configures the gRPC client's own retries and hedging by method. They run below the breaker, which records the outcome of the whole call.</summary>
internal static class UpstreamServiceConfig
{
    public static ServiceConfig Of(Type client, GrpcClientOptions options)
    {
        var service = UpstreamContract.Service(client).FullName;
        var config = new ServiceConfig
        {
            // After many consecutive failures (half of the tokens used) retries stop: they must not multiply the load of a failing upstream.
            RetryThrottling = new RetryThrottlingPolicy { MaxTokens = 20, TokenRatio = 0.1 },
        };

        foreach (var method in options.IdempotentMethods)
            config.MethodConfigs.Add(new MethodConfig { Names = { Name(service, method) }, RetryPolicy = Retry() });
        foreach (var method in options.ReadMethods)
            config.MethodConfigs.Add(new MethodConfig { Names = { Name(service, method) }, HedgingPolicy = Hedge(options.HedgeAfter) });

        return config;
    }

    private static MethodName Name(string service, string method) => new() { Service = service, Method = method };

    // The client adds the jitter: each delay is random between zero and the back-off.
    private static RetryPolicy Retry() => new()
    {
        MaxAttempts = 4,
        InitialBackoff = TimeSpan.FromMilliseconds(50),
        MaxBackoff = TimeSpan.FromSeconds(1),
        BackoffMultiplier = 3,
        RetryableStatusCodes = { StatusCode.Unavailable },
    };

    private static HedgingPolicy Hedge(TimeSpan after) => new()
    {
        MaxAttempts = 3,
        HedgingDelay = after,
        NonFatalStatusCodes = { StatusCode.Unavailable },
    };
}
