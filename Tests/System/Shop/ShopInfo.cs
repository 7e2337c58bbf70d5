using System.Diagnostics;
using System.Text.Json;

namespace Shop.SystemTests;

/// <summary>What `./shop info` prints. Processes come and go, and are read anew at each question; the rest stays, and is known even while the shop is not healthy.</summary>
public sealed class ShopInfo(string path)
{
    private readonly Lazy<JsonElement> _first = new(() => Read(path));

    public string Path => path;

    public string OperatorEmail => _first.Value.GetProperty("operator").GetProperty("email").GetString()!;

    public string OperatorPassword => _first.Value.GetProperty("operator").GetProperty("password").GetString()!;

    public string KafkaBootstrap => _first.Value.GetProperty("kafka").GetProperty("bootstrap").GetString()!;

    public bool HasRealBroker => _first.Value.GetProperty("kafka").GetProperty("broker").GetString() == "kafka";

    public string PaymentProvider => _first.Value.GetProperty("paymentProvider").GetString()!;

    public string DatabaseOf(string service) => _first.Value.GetProperty("services").GetProperty(service).GetProperty("database").GetString()!;

    public IReadOnlyList<string> GrpcOf(string service) =>
        [.. Replicas(service).Select(replica => replica.GetProperty("grpc").GetString()!)];

    public IReadOnlyList<int> PidsOf(string service) =>
        [.. Replicas(service).Select(replica => replica.GetProperty("pid").GetInt32())];

    /// <summary>SIGKILL: the process gets no chance to say anything.</summary>
    public IReadOnlyList<int> Kill(string service)
    {
        var pids = PidsOf(service);
        foreach (var pid in pids)
            Process.GetProcessById(pid).Kill();
        return pids;
    }

    // There is no document while a service has no healthy replica.
    private List<JsonElement> Replicas(string service) =>
        File.Exists(path) ? [.. Read(path).GetProperty("services").GetProperty(service).GetProperty("replicas").EnumerateArray()] : [];

    private static JsonElement Read(string path) => JsonDocument.Parse(File.ReadAllText(path)).RootElement;
}
