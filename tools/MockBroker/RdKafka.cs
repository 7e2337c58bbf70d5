using System.Runtime.InteropServices;
using System.Text;

namespace Shop.MockBroker;

/// <summary>The functions of librdkafka that are used here (rdkafka.h, rdkafka_mock.h).</summary>
internal static partial class RdKafka
{
    private const string Library = "librdkafka";

    // The default build needs libsasl2, which may be missing: then the package's build without SASL is loaded, as Confluent.Kafka does.
    static RdKafka() => NativeLibrary.SetDllImportResolver(typeof(RdKafka).Assembly, (name, assembly, path) =>
        NativeLibrary.TryLoad(name, assembly, path, out var library) || NativeLibrary.TryLoad("centos8-" + name, assembly, path, out library) ? library : 0);

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_new")]
    public static partial nint ConfigurationNew();

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ConfigurationSet(nint configuration, string name, string value, [Out] byte[] error, nuint errorSize);

    /// <summary>Takes ownership of the configuration, unless it fails.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_new")]
    public static partial nint New(int type, nint configuration, [Out] byte[] error, nuint errorSize);

    [LibraryImport(Library, EntryPoint = "rd_kafka_destroy")]
    public static partial void Destroy(nint client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_new")]
    public static partial nint ClusterNew(nint client, int brokers);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_destroy")]
    public static partial void ClusterDestroy(nint cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    public static partial nint ClusterBootstraps(nint cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_host_port", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void BrokerSetHostPort(nint cluster, int broker, string host, int port);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_set_controller_id")]
    public static partial void SetControllerId(nint cluster, int broker);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_group_initial_rebalance_delay_ms")]
    public static partial void GroupInitialRebalanceDelay(nint cluster, int milliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int TopicCreate(nint cluster, string topic, int partitions, int replicas);

    public static string Text(nint zeroTerminated) => Marshal.PtrToStringUTF8(zeroTerminated) ?? "";

    public static string Text(byte[] zeroTerminated) => Encoding.UTF8.GetString(zeroTerminated.AsSpan(0, Math.Max(0, Array.IndexOf(zeroTerminated, (byte)0))));
}
