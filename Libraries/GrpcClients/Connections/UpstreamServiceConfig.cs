using Grpc.Core;
using Grpc.Net.Client.Configuration;

namespace Shop.GrpcClients.Connections;

/// <summary>Retries and hedging are the gRPC client's own, told by method. They run below the breaker, which sees how the whole call ended.</summary>
internal static class UpstreamServiceConfig
{
    public static ServiceConfig Of(Type client, GrpcClientOptions options)
    {
        var service = UpstreamContract.Service(client).FullName;
        var config = new ServiceConfig
        {
            // Half of the tokens used up, that is many failures in a row, ends all retries: an upstream in trouble is not asked three times as often.
            RetryThrottling = new RetryThrottlingPolicy { MaxTokens = 20, TokenRatio = 0.1 },
        };

        foreach (var method in options.IdempotentMethods)
            config.MethodConfigs.Add(new MethodConfig { Names = { Name(service, method) }, RetryPolicy = Retry() });
        foreach (var method in options.ReadMethods)
            config.MethodConfigs.Add(new MethodConfig { Names = { Name(service, method) }, HedgingPolicy = Hedge(options.HedgeAfter) });

        return config;
    }

    private static MethodName Name(string service, string method) => new() { Service = service, Method = method };

    // The client draws each pause between zero and the back-off: that is the jitter.
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
