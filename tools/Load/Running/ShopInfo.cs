using System.Text.Json;
using Npgsql;

namespace Shop.Load.Running;

/// <summary>The part of the document of <c>./shop info</c> that this program needs.</summary>
public sealed record ShopInfo(
    string Gateway, string? Storefront, string PaymentProvider, OperatorInfo Operator, KafkaInfo Kafka, IReadOnlyList<ServerInfo>? Postgres, IReadOnlyDictionary<string, ServiceInfo> Services)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    public static ShopInfo Read(string path) =>
        JsonSerializer.Deserialize<ShopInfo>(File.ReadAllText(path), Format) ?? throw new MistakeException($"{path} is empty.");

    public string DatabaseOf(string service) =>
        Services.GetValueOrDefault(service)?.Database ?? throw new MistakeException($"the shop's info has no database of {service}.");

    /// <summary>One connection string for each database server: usually there is one for all services.</summary>
    public IReadOnlyList<string> Servers() => Services.Values
        .Select(service => service.Database)
        .OfType<string>()
        .DistinctBy(text => new NpgsqlConnectionStringBuilder(text) is var database ? (database.Host, database.Port) : default)
        .ToList();
}

public sealed record OperatorInfo(string Email, string Password);

public sealed record KafkaInfo(string Bootstrap, string Broker, int? Pid);

public sealed record ServerInfo(int? Pid, int Port);

public sealed record ServiceInfo(string? Database, IReadOnlyList<ReplicaInfo> Replicas);

public sealed record ReplicaInfo(int Pid, string? Http, string? Grpc);
