using System.Collections.Concurrent;
using Confluent.Kafka;
using Shop.Testing;

namespace Shop.Messaging.Tests.Support;

/// <summary>Observes the group's committed offsets of a partition, without being a member.</summary>
internal sealed class CommittedOffsets : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private readonly IConsumer<Ignore, Ignore> _client;
    private readonly TopicPartition _partition;
    private readonly ConcurrentQueue<long> _seen = [];
    private readonly CancellationTokenSource _enough = new();
    private readonly Task _watching;

    public CommittedOffsets(KafkaBroker broker, string group, TopicPartition partition)
    {
        _partition = partition;
        _client = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig { BootstrapServers = broker.BootstrapServers, GroupId = group })
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        _watching = WatchAsync();
    }

    /// <summary>Each new value, in order; without "nothing committed yet".</summary>
    public IReadOnlyCollection<long> Seen => _seen;

    public async Task ReachAsync(long offset)
    {
        try
        {
            await Eventually.TrueAsync(() => _seen.LastOrDefault() == offset, $"{offset} is committed", TimeSpan.FromSeconds(40));
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{offset} is not committed, but one after the other {string.Join(", ", _seen)}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        await _watching;
        _client.Dispose();
        _enough.Dispose();
    }

    private Task WatchAsync() => Task.Run(async () =>
    {
        using var next = new PeriodicTimer(Step);
        while (!_enough.IsCancellationRequested && await next.WaitForNextTickAsync(CancellationToken.None))
        {
            try
            {
                if (_client.Committed([_partition], TimeSpan.FromSeconds(5)) is [{ Offset.IsSpecial: false } committed] && (_seen.IsEmpty || _seen.Last() != committed.Offset.Value))
                    _seen.Enqueue(committed.Offset.Value);
            }
            catch (KafkaException)
            {
                // The group is being created, or its coordinator is being found.
            }
        }
    });
}
