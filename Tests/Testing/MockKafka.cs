using System.Runtime.InteropServices;

namespace Shop.Testing;

/// <summary>librdkafka's in-memory broker, in this process: nothing is persistent, topics are created at their first use, and faults can be injected.</summary>
public sealed partial class MockKafka : KafkaBroker
{
    private const int Broker = 1;
    private const short ProduceRequest = 0, HeartbeatRequest = 12;
    private readonly nint _client;
    private readonly nint _cluster;
    private bool _isDisposed;

    // The default build needs libsasl2, which may be missing: then the package's build without SASL is loaded, as Confluent.Kafka does.
    static MockKafka() => NativeLibrary.SetDllImportResolver(typeof(MockKafka).Assembly, (name, assembly, path) =>
        NativeLibrary.TryLoad(name, assembly, path, out var library) || NativeLibrary.TryLoad("centos8-" + name, assembly, path, out library) ? library : 0);

    private MockKafka(nint client, nint cluster, string servers) => (_client, _cluster, BootstrapServers) = (client, cluster, servers);

    public override string BootstrapServers { get; }

    public override bool IsReal => false;

    public static MockKafka Start()
    {
        var client = New(0, ConfigurationNew(), new byte[512], 512);
        var cluster = ClusterNew(client, 1);
        if (client == 0 || cluster == 0)
            throw new InvalidOperationException("librdkafka's mock cluster does not start.");
        SetControllerId(cluster, Broker);
        GroupInitialRebalanceDelay(cluster, 0);
        return new(client, cluster, Marshal.PtrToStringUTF8(ClusterBootstraps(cluster))!);
    }

    public override Task CreateTopicAsync(string topic, int partitions)
    {
        if (TopicCreate(_cluster, topic, partitions, 1) is not 0 and var error)
            throw new InvalidOperationException($"{topic}: error {error}");
        return Task.CompletedTask;
    }

    /// <summary>Makes the broker unavailable, with its data: connections are refused until <see cref="ComeBack"/>.</summary>
    public void GoAway() => _ = BrokerDown(_cluster, Broker);

    public void ComeBack() => _ = BrokerUp(_cluster, Broker);

    /// <summary>Refuses the next message permanently: a fatal error for a gapless producer.</summary>
    public void RefuseNextMessage() => PushError(ProduceRequest, Confluent.Kafka.ErrorCode.TopicAuthorizationFailed);

    /// <summary>Fences a member of a consumer group permanently, as if another member had its id.</summary>
    public void ExpelNextMember() => PushError(HeartbeatRequest, Confluent.Kafka.ErrorCode.FencedInstanceId);

    public override ValueTask DisposeAsync()
    {
        // A second time would free what is freed.
        ObjectDisposedException.ThrowIf(Interlocked.Exchange(ref _isDisposed, true), this);
        ClusterDestroy(_cluster);
        Destroy(_client);
        return ValueTask.CompletedTask;
    }

    private void PushError(short request, Confluent.Kafka.ErrorCode error) => PushRequestErrors(_cluster, request, 1, [(int)error]);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_conf_new")]
    private static partial nint ConfigurationNew();

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_new")]
    private static partial nint New(int type, nint configuration, [Out] byte[] error, nuint errorSize);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_destroy")]
    private static partial void Destroy(nint client);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_cluster_new")]
    private static partial nint ClusterNew(nint client, int brokers);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_cluster_destroy")]
    private static partial void ClusterDestroy(nint cluster);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    private static partial nint ClusterBootstraps(nint cluster);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_set_controller_id")]
    private static partial void SetControllerId(nint cluster, int broker);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_group_initial_rebalance_delay_ms")]
    private static partial void GroupInitialRebalanceDelay(nint cluster, int milliseconds);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int TopicCreate(nint cluster, string topic, int partitions, int replicas);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_broker_set_down")]
    private static partial int BrokerDown(nint cluster, int broker);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_broker_set_up")]
    private static partial int BrokerUp(nint cluster, int broker);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_push_request_errors_array")]
    private static partial void PushRequestErrors(nint cluster, short request, nuint count, int[] errors);
}
