using Microsoft.AspNetCore.Builder;

namespace Shop.ServiceDefaults;

/// <summary>The access rules for endpoints that are mapped by code; a gRPC method carries them as attributes.</summary>
public static class AccessConventions
{
    public static TBuilder AllowMembers<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AllowMembersAttribute());

    public static TBuilder AllowOperators<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AllowOperatorsAttribute());

    public static TBuilder AllowServices<TBuilder>(this TBuilder endpoint, params string[] services) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AllowServicesAttribute(services));

    public static TBuilder AllowAnyone<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AllowAnyoneAttribute());
}
