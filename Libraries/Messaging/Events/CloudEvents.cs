using System.Globalization;
using System.Text;
using Confluent.Kafka;

namespace Shop.Messaging.Events;

/// <summary>CloudEvents 1.0, Kafka protocol binding, binary content mode: attributes are headers <c>ce_…</c>, the value is the data.</summary>
internal static class CloudEvents
{
    public const string Id = "ce_id";
    public const string Type = "ce_type";
    public const string Source = "ce_source";
    public const string Time = "ce_time";
    public const string TraceParent = "traceparent";
    public const string TraceState = "tracestate";

    private static readonly byte[] SpecVersion = "1.0"u8.ToArray();
    private static readonly byte[] Protobuf = "application/protobuf"u8.ToArray();

    public static Headers Write(Guid id, string type, byte[] source, string? traceParent, string? traceState)
    {
        var headers = new Headers
        {
            { "ce_specversion", SpecVersion },
            { Id, Utf8(id.ToString()) },
            { Type, Utf8(type) },
            { Source, source },
            { Time, Utf8(EventIds.TimeOf(id).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)) },
            { "content-type", Protobuf },
        };
        if (traceParent is not null)
            headers.Add(TraceParent, Utf8(traceParent));
        if (traceState is not null)
            headers.Add(TraceState, Utf8(traceState));
        return headers;
    }

    public static string? Read(this Headers headers, string name) => headers.TryGetLastBytes(name, out var bytes) && bytes is not null ? Encoding.UTF8.GetString(bytes) : null;

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
