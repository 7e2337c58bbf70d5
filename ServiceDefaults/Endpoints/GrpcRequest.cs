using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http;

namespace Shop.ServiceDefaults.Endpoints;

internal static class GrpcRequest
{
    public const string ContentType = "application/grpc";

    /// <summary>By what is called, not by what the caller says it carries: a JSON endpoint answers everybody in JSON.</summary>
    public static bool Is(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is not null;
}
