using Microsoft.AspNetCore.Http;

namespace Shop.ServiceDefaults.Endpoints;

internal static class GrpcRequest
{
    public const string ContentType = "application/grpc";

    /// <summary>By what it carries, not by the protocol below: browsers speak HTTP/2 as well.</summary>
    public static bool Is(HttpRequest request) => request.ContentType?.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) == true;
}
