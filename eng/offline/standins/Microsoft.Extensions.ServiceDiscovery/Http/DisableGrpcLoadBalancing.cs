using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.ServiceDiscovery.Http;

/// <summary>
/// A gRPC client must not balance between addresses by itself where every request is given an address here.
/// grpc-dotnet asks the innermost handler for this property.
/// </summary>
internal sealed class DisableGrpcLoadBalancing(IOptions<DisableGrpcLoadBalancing.Clients> clients) : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder); // everything else first: the innermost handler may be replaced until then
        if ((clients.Value.Names.Contains(null) || clients.Value.Names.Contains(builder.Name)) && builder.PrimaryHandler is SocketsHttpHandler handler)
        {
            handler.Properties["__GrpcLoadBalancingDisabled"] = true;
        }
    };

    public sealed class Clients
    {
        /// <summary>Names of HTTP clients; null stands for all of them.</summary>
        public HashSet<string?> Names { get; } = [];
    }
}
