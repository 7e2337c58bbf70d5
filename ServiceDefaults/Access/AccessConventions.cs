using Microsoft.AspNetCore.Builder;

namespace Shop.ServiceDefaults.Access;

/// <summary>Access rules of endpoints mapped by code. gRPC methods have them as attributes.</summary>
public static class AccessConventions
{
    /// <inheritdoc cref="AllowMembersAttribute"/>
    public static TBuilder AllowMembers<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AllowMembersAttribute());

    /// <inheritdoc cref="AllowOperatorsAttribute"/>
    public static TBuilder AllowOperators<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AllowOperatorsAttribute());

    /// <inheritdoc cref="AllowServicesAttribute"/>
    public static TBuilder AllowServices<TBuilder>(this TBuilder endpoint, params string[] services) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AllowServicesAttribute(services));

    /// <inheritdoc cref="AllowAnyoneAttribute"/>
    public static TBuilder AllowAnyone<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AllowAnyoneAttribute());
}
