using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Shop.SystemTests.FailureMatrix;

/// <summary>The answer to a unary gRPC call, as it goes over the wire.</summary>
internal sealed record GrpcAnswer(StatusCode Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body, IReadOnlyList<KeyValuePair<string, string>> Trailers)
{
    public static GrpcAnswer Failure(StatusCode status, string message, string? reason = null)
    {
        var trailers = new List<KeyValuePair<string, string>> { new("grpc-status", $"{(int)status}"), new("grpc-message", Uri.EscapeDataString(message)) };
        if (reason is not null)
        {
            var details = new Google.Rpc.Status { Code = (int)status, Message = message, Details = { Any.Pack(new Google.Rpc.ErrorInfo { Reason = reason, Domain = "shop" }) } };
            trailers.Add(new("grpc-status-details-bin", Convert.ToBase64String(details.ToByteArray())));
        }

        return new(status, [], [], trailers);
    }

    public static async Task<GrpcAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancel);
        var headers = Values(response.Headers).Concat(Values(response.Content.Headers)).ToList();
        var trailers = Values(response.TrailingHeaders).ToList();
        // An answer without a body has its status in the headers.
        var status = trailers.Concat(headers).Where(header => header.Key == "grpc-status").Select(header => (StatusCode)int.Parse(header.Value)).FirstOrDefault(StatusCode.Unknown);
        return new(status, headers, body, trailers);
    }

    public async Task WriteAsync(Microsoft.AspNetCore.Http.HttpResponse response)
    {
        response.ContentType = "application/grpc";
        foreach (var (name, value) in Headers.Where(header => header.Key is not ("content-length" or "transfer-encoding" or "content-type")))
            response.Headers.Append(name, value);
        await response.StartAsync();
        await response.Body.WriteAsync(Body);
        foreach (var (name, value) in Trailers)
            response.AppendTrailer(name, value);
    }

    private static IEnumerable<KeyValuePair<string, string>> Values(System.Net.Http.Headers.HttpHeaders headers) =>
        headers.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key.ToLowerInvariant(), value)));
}
