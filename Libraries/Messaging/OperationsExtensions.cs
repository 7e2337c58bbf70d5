using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shop.Messaging.Operations;

namespace Shop.Messaging;

public static class OperationsExtensions
{
    /// <summary>What operators see and do of this service's messaging, over gRPC.</summary>
    public static void MapOperations(this IEndpointRouteBuilder app) => app.MapGrpcService<OperationsService>();
}
