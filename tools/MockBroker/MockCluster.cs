using System.Net;

namespace Shop.MockBroker;

/// <summary>librdkafka's own mock cluster with one broker, owned through the public C API (rdkafka_mock.h).</summary>
internal sealed class MockCluster : IDisposable
{
    private const int Producer = 0;
    private const int Broker = 1;
    private readonly nint _client;
    private readonly nint _cluster;

    private MockCluster(nint client, nint cluster) => (_client, _cluster) = (client, cluster);

    /// <summary>Where the broker listens, on a port of its own choice.</summary>
    public IPEndPoint Address => IPEndPoint.Parse(RdKafka.Text(RdKafka.ClusterBootstraps(_cluster)));

    /// <param name="port">The port that the broker advertises to clients.</param>
    public static MockCluster Start(int port)
    {
        var error = new byte[512];
        var configuration = RdKafka.ConfigurationNew();
        // The client only owns the cluster: its log entries about having no broker are suppressed.
        RdKafka.ConfigurationSet(configuration, "log_level", "3", error, (nuint)error.Length);
        var client = RdKafka.New(Producer, configuration, error, (nuint)error.Length);
        if (client == 0)
            throw new InvalidOperationException($"librdkafka does not start: {RdKafka.Text(error)}");

        var cluster = RdKafka.ClusterNew(client, brokers: 1);
        if (cluster == 0)
            throw new InvalidOperationException("librdkafka cannot start its mock cluster.");

        RdKafka.BrokerSetHostPort(cluster, Broker, "localhost", port);
        // Without a controller DescribeCluster gets no response.
        RdKafka.SetControllerId(cluster, Broker);
        // Milliseconds. The default delays a new group's first assignment by 3 s.
        RdKafka.GroupInitialRebalanceDelay(cluster, 0);
        return new(client, cluster);
    }

    public void CreateTopic(string name, int partitions)
    {
        if (RdKafka.TopicCreate(_cluster, name, partitions, replicas: 1) is not 0 and var error)
            throw new InvalidOperationException($"The topic {name} cannot be created: error {error}.");
    }

    public void Dispose()
    {
        RdKafka.ClusterDestroy(_cluster);
        RdKafka.Destroy(_client);
    }
}
