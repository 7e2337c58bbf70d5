using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shop.Messaging.Operations;

namespace Shop.Messaging;

/// <summary>Mapping of the operators' gRPC service.</summary>
public static class OperationsExtensions
{
    /// <summary>Maps the gRPC service with which operators list, see and replay dead letters.</summary>
    public static void MapOperations(this IEndpointRouteBuilder app) => app.MapGrpcService<OperationsService>();
}
