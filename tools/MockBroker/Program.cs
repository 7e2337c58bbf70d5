using System.Runtime.InteropServices;
using Shop.MockBroker;

// A Kafka broker in memory, for machines without Java and without containers:
//   Shop.MockBroker --port 9092 --partitions 12 --topic shop.orders.v1 --topic shop.payments.v1
// Its data are lost when it ends. It keeps 5 MB per partition and cannot create topics over the protocol.
if (Arguments.Parse(args) is not { } arguments)
{
    Console.Error.WriteLine("usage: --port PORT --partitions COUNT --topic NAME…");
    return 2;
}

using var end = new CancellationTokenSource();
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);

using var cluster = MockCluster.Start(arguments.Port);
foreach (var topic in arguments.Topics)
    cluster.CreateTopic(topic, arguments.Partitions);

Console.WriteLine($"mock broker on localhost:{arguments.Port}, {arguments.Topics.Count} topics of {arguments.Partitions} partitions; in memory, lost when it ends");
await Forwarder.RunAsync(arguments.Port, cluster.Address, end.Token);
return 0;

void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    end.Cancel();
}
