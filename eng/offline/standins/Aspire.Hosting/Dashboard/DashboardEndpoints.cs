using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Dashboard;

/// <summary>The dashboard's ports, and where programs send their telemetry.</summary>
internal static class DashboardEndpoints
{
    public const string Resource = "aspire-dashboard";
    public const string OtlpGrpc = "otlp-grpc";
    public const string OtlpHttp = "otlp-http";

    public static IEnumerable<EndpointAnnotation> Of(DashboardOptions options)
    {
        var frontends = options.FrontendUrls?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        if (frontends.Length == 0)
            yield return Create(null, "http", "http");
        foreach (var url in frontends)
            yield return Create(url, BindingAddress.Parse(url).Scheme, "http");
        if (options.OtlpGrpcUrl is not null || options.OtlpHttpUrl is null)
            yield return Create(options.OtlpGrpcUrl, OtlpGrpc, "http2");
        if (options.OtlpHttpUrl is not null || options.OtlpGrpcUrl is null)
            yield return Create(options.OtlpHttpUrl, OtlpHttp, "http");
    }

    /// <summary>With a dashboard: its endpoint. Without one: the configured address, where perhaps somebody else collects.</summary>
    public static (object Endpoint, string Protocol) OtlpFor(IServiceProvider services, IConfiguration configuration)
    {
        var model = services.GetRequiredService<DistributedApplicationModel>();
        if (model.Resources.TryGetByName(Resource, out var found) && found is IResourceWithEndpoints dashboard)
        {
            return dashboard.GetEndpoint(OtlpGrpc) is { Exists: true } grpc
                ? (grpc, "grpc")
                : (dashboard.GetEndpoint(OtlpHttp), "http/protobuf");
        }

        var grpcUrl = DashboardSecrets.Configured(configuration, "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "DOTNET_DASHBOARD_OTLP_ENDPOINT_URL");
        var httpUrl = DashboardSecrets.Configured(configuration, "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", "DOTNET_DASHBOARD_OTLP_HTTP_ENDPOINT_URL");
        return grpcUrl is null && httpUrl is not null
            ? (new HostUrl(httpUrl), "http/protobuf")
            : (new HostUrl(grpcUrl ?? "http://localhost:18889"), "grpc");
    }

    private static EndpointAnnotation Create(string? url, string name, string transport)
    {
        if (url is null)
            return new EndpointAnnotation(ProtocolType.Tcp, "http", transport, name);
        var address = BindingAddress.Parse(url);
        return new EndpointAnnotation(ProtocolType.Tcp, address.Scheme, transport, name, address.Port == 0 ? null : address.Port)
        {
            TargetHost = address.Host,
        };
    }
}
