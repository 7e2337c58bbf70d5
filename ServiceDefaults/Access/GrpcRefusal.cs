using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Shop.ServiceDefaults.Endpoints;
using Shop.ServiceDefaults.Errors;

namespace Shop.ServiceDefaults.Access;

/// <summary>A gRPC error response written outside a gRPC method: HTTP 200 whose headers are the trailers ("Trailers-Only" in the protocol).</summary>
internal static class GrpcRefusal
{
    public static void Write(HttpResponse response, ShopException error)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = GrpcRequest.ContentType;
        response.Headers["grpc-status"] = ((int)error.Status).ToString(CultureInfo.InvariantCulture);
        // The protocol percent-encodes it.
        response.Headers["grpc-message"] = Uri.EscapeDataString(error.Message);
        response.Headers[MetadataExtensions.StatusDetailsTrailerName] = Convert.ToBase64String(RichStatus.Write(error).ToByteArray());
    }
}
