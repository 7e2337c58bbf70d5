using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>The resource is as healthy as the check registered under <paramref name="key"/> says.</summary>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(c => c.Key == key)
            ? throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' already has a health check with key '{key}'.")
            : builder.WithAnnotation(new HealthCheckAnnotation(key));
    }

    /// <summary>Healthy when a GET answers <paramref name="statusCode"/> (200).</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, [EndpointName] string? endpointName = null)
        where T : IResourceWithEndpoints =>
        builder.WithHttpHealthCheck(() => FindHttpEndpoint(builder.Resource, endpointName), path, statusCode);

    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, Func<EndpointReference>? endpointSelector, string? path = null, int? statusCode = null)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        var endpoint = (endpointSelector ?? (() => FindHttpEndpoint(builder.Resource, null)))();
        var wantedPath = path ?? "/";
        var wantedStatus = statusCode ?? 200;
        if (!Uri.IsWellFormedUriString(wantedPath, UriKind.Relative))
            throw new ArgumentException($"The path '{path}' of the health check of '{builder.Resource.Name}' is not a relative URL.", nameof(path));

        var key = $"{builder.Resource.Name}_{endpoint.EndpointName}_{wantedPath}_{wantedStatus}_check";
        var check = new HttpHealthCheck(endpoint, wantedPath, wantedStatus);
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(key, _ => check, failureStatus: null, tags: null));
        return builder.WithHealthCheck(key);
    }

    private static EndpointReference FindHttpEndpoint(IResourceWithEndpoints resource, string? name)
    {
        var http = resource.GetEndpoints().Where(e => e.Scheme is "http" or "https").ToArray();
        var endpoint = name is null
            ? http.OrderByDescending(e => e.EndpointName is "https").ThenByDescending(e => e.EndpointName is "http").FirstOrDefault()
            : http.FirstOrDefault(e => string.Equals(e.EndpointName, name, StringComparison.OrdinalIgnoreCase));
        return endpoint ?? throw new DistributedApplicationException(
            $"Could not create HTTP health check for resource '{resource.Name}' as no HTTP endpoint {(name is null ? "" : $"named '{name}' ")}was found. Add the endpoint before the check.");
    }
}
