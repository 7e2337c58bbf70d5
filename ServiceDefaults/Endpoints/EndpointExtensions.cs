using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Configuration;

namespace Shop.ServiceDefaults.Endpoints;

internal static class EndpointExtensions
{
    /// <summary>The largest gRPC request is a webhook's body with its envelope.</summary>
    private const int MaxGrpcMessageBytes = 1024 * 1024;

    public static void AddEndpoints(this WebApplicationBuilder builder)
    {
        builder.AddValidatedOptions<EndpointOptions>(EndpointOptions.Section);
        builder.Services.AddSingleton<IStartupFilter, HeadRequests>();

        var grpcPort = GrpcPort.Listen(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxGrpcMessageBytes + 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
            // Detects callers that disappeared without closing their connection.
            kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
            kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
            kestrel.ConfigureEndpointDefaults(endpoint =>
            {
                // Without TLS there is no protocol negotiation: this cleartext endpoint has HTTP/2, all others HTTP/1.1.
                if (grpcPort is not null && endpoint.IPEndPoint?.Port == grpcPort)
                    endpoint.Protocols = HttpProtocols.Http2;
            });
        });
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<EndpointOptions>>((kestrel, endpoints) =>
        {
            kestrel.Limits.MaxConcurrentConnections = endpoints.Value.MaxConnections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = endpoints.Value.MaxUpgradedConnections;
        });
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = MaxGrpcMessageBytes;
            // Otherwise any path of two segments matches as a gRPC method, and a wrong HTTP method on such a path gives 404, not 405.
            // A gRPC client reads a 404 as "unimplemented" in both cases.
            grpc.IgnoreUnknownServices = true;
        });
    }

    /// <summary>Limits the size of JSON bodies, except at endpoints with their own limit.</summary>
    public static void UseEndpointLimits(this WebApplication app)
    {
        var maxBodyBytes = app.Services.GetRequiredService<IOptions<EndpointOptions>>().Value.MaxBodyBytes;

        app.Use((context, next) =>
        {
            if (!GrpcRequest.Is(context)
                && context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is null
                && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            {
                limit.MaxRequestBodySize = maxBodyBytes;
            }

            return next(context);
        });
    }
}
