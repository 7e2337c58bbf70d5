using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.AppHost.Info;

/// <summary>The output of <c>./shop info</c>: addresses, processes and credentials.</summary>
internal sealed record InfoDocument
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,    // never inside HTML
        WriteIndented = true,
    };

    public required string? Gateway { get; init; }
    public required string? Storefront { get; init; }
    public required string? Console { get; init; }
    public required string? Dashboard { get; init; }
    public required string? PaymentProvider { get; init; }
    public required OperatorInfo Operator { get; init; }
    public required KafkaInfo Kafka { get; init; }
    public required IReadOnlyList<ServerInfo>? Postgres { get; init; }
    public required IReadOnlyDictionary<string, ServiceInfo> Services { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Format);
}

internal sealed record OperatorInfo(string? Email, string? Password);

/// <param name="Broker">"kafka" or "mock".</param>
/// <param name="Pid">Of an embedded broker; otherwise null.</param>
internal sealed record KafkaInfo(string? Bootstrap, string Broker, int? Pid);

internal sealed record ServerInfo(int? Pid, int Port);

internal sealed record ServiceInfo(string? Database, IReadOnlyList<ReplicaInfo> Replicas);

/// <param name="Pid">The serving process itself.</param>
/// <param name="Http">The replica's own address, not the shared one.</param>
internal sealed record ReplicaInfo(int Pid, string? Http, string? Grpc);
