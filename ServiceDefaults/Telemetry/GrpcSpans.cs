using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using OpenTelemetry;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>
/// gRPC's libraries mark their spans in their own words and leave the status unset. This gives both sides OpenTelemetry's names:
/// the method as the span's name, rpc.* attributes, and an error where it is one.
/// </summary>
internal sealed class GrpcSpans : BaseProcessor<Activity>
{
    public const string ClientSource = "Grpc.Net.Client";

    private const string MethodTag = "grpc.method";
    private const string StatusTag = "grpc.status_code";

    public override void OnEnd(Activity data)
    {
        if (data.GetTagItem(MethodTag) is not string path || Split(path) is not ({ } service, { } method))
            return;

        data.DisplayName = $"{service}/{method}";
        data.SetTag("rpc.system", "grpc");
        data.SetTag("rpc.service", service);
        data.SetTag("rpc.method", method);
        data.SetTag(MethodTag, null);

        if (data.GetTagItem(StatusTag) is string text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            var status = (StatusCode)number;
            data.SetTag("rpc.grpc.status_code", number);
            data.SetTag(StatusTag, null);
            if (IsError(data.Kind, status))
            {
                data.SetTag("error.type", status.ToString());
                data.SetStatus(ActivityStatusCode.Error, data.StatusDescription);
            }
        }
    }

    /// <summary>A caller got an error whenever it got no answer; a server only failed where it is to blame.</summary>
    private static bool IsError(ActivityKind kind, StatusCode status) => status switch
    {
        StatusCode.OK => false,
        StatusCode.Unknown or StatusCode.DeadlineExceeded or StatusCode.Unimplemented
            or StatusCode.Internal or StatusCode.Unavailable or StatusCode.DataLoss => true,
        _ => kind == ActivityKind.Client,
    };

    // "/shop.catalog.v1.CatalogService/GetProducts"
    private static (string? Service, string? Method) Split(string path) =>
        path.LastIndexOf('/') is > 1 and var slash ? (path[1..slash], path[(slash + 1)..]) : (null, null);
}
