using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http;

namespace Shop.ServiceDefaults.Endpoints;

internal static class GrpcRequest
{
    public const string ContentType = "application/grpc";

    /// <summary>True for a gRPC endpoint, whatever the request's content type: a JSON endpoint always answers in JSON.</summary>
    public static bool Is(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is not null;
}
