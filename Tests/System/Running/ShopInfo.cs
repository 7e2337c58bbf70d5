using System.Diagnostics;
using System.Text.Json;
using Shop.Testing;

namespace Shop.SystemTests.Running;

/// <summary>The document of `./shop info`. Processes change and are read again at each call; the rest is constant and is available even while the shop is not healthy.</summary>
public sealed class ShopInfo(string path)
{
    private readonly Lazy<JsonElement> _first = new(() => Read(path));

    public string Path => path;

    public string OperatorEmail => _first.Value.GetProperty("operator").GetProperty("email").GetString()!;

    public string OperatorPassword => _first.Value.GetProperty("operator").GetProperty("password").GetString()!;

    public string KafkaBootstrap => _first.Value.GetProperty("kafka").GetProperty("bootstrap").GetString()!;

    public bool HasRealBroker => _first.Value.GetProperty("kafka").GetProperty("broker").GetString() == "kafka";

    public string PaymentProvider => _first.Value.GetProperty("paymentProvider").GetString()!;

    // Without a pool: a test may have killed the server that its connections belonged to.
    public string DatabaseOf(string service) => _first.Value.GetProperty("services").GetProperty(service).GetProperty("database").GetString() + ";Pooling=false";

    /// <summary>The number of replicas of a service in a healthy shop.</summary>
    public static int ReplicasOf(string service) => service is "ordering" or "payments" ? 2 : 1;

    /// <summary>The replicas' own addresses, once all of them are up.</summary>
    public async Task<IReadOnlyList<string>> GrpcOfAsync(string service) =>
        [.. (await AllReplicasAsync(service)).Select(replica => replica.GetProperty("grpc").GetString()!)];

    /// <summary>Kills every replica with SIGKILL, once all of them are up.</summary>
    public async Task KillAsync(params IReadOnlyList<string> services)
    {
        // All are found before the first dies: without it the document does not exist, and when it is written again, what was killed first answers again.
        var replicas = new List<Process>();
        foreach (var service in services)
            replicas.AddRange((await AllReplicasAsync(service)).Select(replica => Process.GetProcessById(replica.GetProperty("pid").GetInt32())));
        foreach (var replica in replicas)
            replica.Kill();
    }

    /// <summary>Freezes all replicas (SIGSTOP) until disposed.</summary>
    public async Task<Frozen> FreezeAsync(string service) =>
        new([.. (await AllReplicasAsync(service)).Select(replica => replica.GetProperty("pid").GetInt32())]);

    public async Task<IReadOnlyList<JsonElement>> AllReplicasAsync(string service)
    {
        IReadOnlyList<JsonElement> replicas = [];
        await Eventually.TrueAsync(() => (replicas = Replicas(service)).Count == ReplicasOf(service), $"all replicas of {service} are up", TimeSpan.FromSeconds(60));
        return replicas;
    }

    // The document does not exist while a service has no healthy replica.
    private List<JsonElement> Replicas(string service) =>
        [.. Read(path).GetProperty("services").GetProperty(service).GetProperty("replicas").EnumerateArray()];

    private static JsonElement Read(string path) => JsonDocument.Parse(File.ReadAllText(path)).RootElement;
}
