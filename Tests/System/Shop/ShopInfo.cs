using System.Diagnostics;
using System.Text.Json;

namespace Shop.SystemTests;

/// <summary>What `./shop info` prints, read anew at each question: processes come and go.</summary>
public sealed class ShopInfo(string path)
{
    public string Path => path;

    public string OperatorEmail => Read().GetProperty("operator").GetProperty("email").GetString()!;

    public string OperatorPassword => Read().GetProperty("operator").GetProperty("password").GetString()!;

    public string KafkaBootstrap => Read().GetProperty("kafka").GetProperty("bootstrap").GetString()!;

    public bool HasRealBroker => Read().GetProperty("kafka").GetProperty("broker").GetString() == "kafka";

    public string PaymentProvider => Read().GetProperty("paymentProvider").GetString()!;

    public string DatabaseOf(string service) => Read().GetProperty("services").GetProperty(service).GetProperty("database").GetString()!;

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

    private IEnumerable<JsonElement> Replicas(string service) =>
        Read().GetProperty("services").GetProperty(service).GetProperty("replicas").EnumerateArray();

    private JsonElement Read() => JsonDocument.Parse(File.ReadAllText(path)).RootElement;
}
