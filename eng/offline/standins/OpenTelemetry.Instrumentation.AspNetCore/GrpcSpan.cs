using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace OpenTelemetry.Instrumentation.AspNetCore;

/// <summary>
/// Off unless OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_ENABLE_GRPC_INSTRUMENTATION=true: turns the tags that grpc-dotnet
/// leaves on the span into those of OpenTelemetry's conventions for RPC.
/// </summary>
internal static class GrpcSpan
{
    public static void Describe(Activity span, HttpContext context)
    {
        if (span.GetTagItem("grpc.method") is not string { Length: > 0 } path)
        {
            return;
        }

        var name = path.TrimStart('/');
        span.DisplayName = name;
        span.SetTag("rpc.system", "grpc");
        span.SetTag("client.address", context.Connection.RemoteIpAddress?.ToString());
        span.SetTag("client.port", context.Connection.RemotePort);

        var hasStatus = int.TryParse(span.GetTagItem("grpc.status_code") as string, NumberStyles.Integer, CultureInfo.InvariantCulture, out var status);
        if (hasStatus)
        {
            span.SetStatus(IsServersFault(status) ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        }

        if (name.LastIndexOf('/') is >= 0 and var slash)
        {
            span.SetTag("rpc.service", name[..slash]);
            span.SetTag("rpc.method", name[(slash + 1)..]);
            span.SetTag("grpc.method", null);
            span.SetTag("grpc.status_code", null);
            if (hasStatus)
            {
                span.SetTag("rpc.grpc.status_code", status);
            }
        }
    }

    /// <summary>Unknown, DeadlineExceeded, Unimplemented, Internal, Unavailable, DataLoss, and codes that do not exist.</summary>
    private static bool IsServersFault(int status) => status is 2 or 4 or 12 or 13 or 14 or 15 or < 0 or > 16;
}
