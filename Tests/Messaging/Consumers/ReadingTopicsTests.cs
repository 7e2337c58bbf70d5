using System.Reflection;
using Confluent.Kafka;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.Messaging.Definition;
using Shop.Messaging.Kafka;
using Shop.Messaging.Operations;
using Shop.Messaging.Outbox;
using Shop.Messaging.Tests.V1;
using Shop.Messaging.Topics;
using Shop.Testing;

namespace Shop.Messaging.Tests.Consumers;

public sealed class ReadingTopicsTests(Servers servers)
{
    private const int Events = 50;

    [Fact]
    public async Task Everything_on_the_topics_is_read_again_and_the_group_is_not_touched()
    {
        await using var broker = await servers.BrokerAsync();
        await using var replica = await StartAsync(broker);
        await DepositAsync(replica, "a", "b");
        await Eventually.TrueAsync(async () => await replica.DoAsync(db => db.Entries.CountAsync()) == 2 * Events, "all applied");

        using var reader = await replica.Services.GetRequiredService<TopicReaders>().OpenAsync(TestContext.Current.CancellationToken);
        var read = Read(reader);

        Assert.Equal(2 * Events, read.Count);
        Assert.Equal((2 * Events, 2 * Events, true, 0), (reader.EventsRead, reader.EventsTotal, reader.IsAtEnd, reader.Unreadable));
        foreach (var key in new[] { "a", "b" })
        {
            var sequence = read.Where(@event => @event.Key == key).Select(@event => ((Deposited)@event.Message).Sequence).ToList();
            Assert.Equal(sequence.Order(), sequence);
        }

        // What comes later is read after the end has been moved, and by the group as ever.
        await DepositAsync(replica, "a");
        await Eventually.TrueAsync(async () => await replica.DoAsync(db => db.Entries.CountAsync()) == 3 * Events, "all applied");
        Assert.Empty(reader.Read(10, TestContext.Current.CancellationToken));
        await reader.ExtendAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Events, Read(reader).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reader_that_cannot_be_opened_closes_its_client(bool isRefused)
    {
        await using var broker = await servers.BrokerAsync();
        await using var replica = await StartAsync(broker);
        await replica.DepositAsync("a");
        await Eventually.TrueAsync(async () => await replica.DoAsync(db => db.Entries.CountAsync()) == 1, "the topic is there");
        var (services, client) = (replica.Services, DispatchProxy.Create<IConsumer<byte[], byte[]>, WatchedClient>());
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var watched = (WatchedClient)(object)client;
        // In the second case the end of the topics cannot be read.
        watched.Assigned = isRefused ? () => throw new KafkaException(ErrorCode.Local_State) : cancel.Cancel;
        var readers = new TopicReaders(services.GetRequiredService<MessagingDefinition>(), () => client, services.GetRequiredService<BrokerOffsets>(),
            services.GetRequiredService<BrokerTopics>(), services.GetRequiredService<IOptions<MessagingOptions>>());

        var failure = await Record.ExceptionAsync(() => readers.OpenAsync(cancel.Token));

        Assert.True(isRefused ? failure is KafkaException : failure is OperationCanceledException, $"{failure}");
        Assert.True(watched.IsClosed);
    }

    [Fact]
    public async Task The_lag_is_that_of_the_whole_group_and_unknown_without_a_broker()
    {
        await using var broker = await servers.BrokerAsync();
        var held = new HandlerFault(@event => true, _ => new TimeoutException("the upstream is unavailable"));
        await using var replica = await StartAsync(broker, held);
        var lag = replica.Services.GetRequiredService<GroupLag>();

        await DepositAsync(replica, "a");
        await Eventually.TrueAsync(async () => await lag.ReadAsync(TestContext.Current.CancellationToken) == Events, "nothing is committed");

        await using var other = await StartAsync(broker);
        await DepositAsync(other, "b");
        await Eventually.TrueAsync(async () => await other.Services.GetRequiredService<GroupLag>().ReadAsync(TestContext.Current.CancellationToken) == 0, "all is committed");

        if (broker is MockKafka mock)
        {
            mock.GoAway();
            Assert.Null(await lag.ReadAsync(TestContext.Current.CancellationToken));
        }
    }

    /// <summary>A client that is assigned partitions and closed, and nothing else.</summary>
    public class WatchedClient : DispatchProxy
    {
        public Action Assigned { get; set; } = () => { };

        public bool IsClosed { get; private set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            switch (targetMethod!.Name)
            {
                case nameof(IConsumer<byte[], byte[]>.Assign):
                    Assigned();
                    return null;
                case nameof(IDisposable.Dispose):
                    IsClosed = true;
                    return null;
                default:
                    throw new NotSupportedException(targetMethod.Name);
            }
        }
    }

    private async Task<Replica> StartAsync(KafkaBroker broker, HandlerFault? fault = null)
    {
        var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers,
            messaging => messaging.Named($"reading-{Guid.CreateVersion7():N}").Publishes("shop.testing.v1").Handles<Deposited, KeepEntries>(),
            services => services.AddSingleton(fault ?? HandlerFault.None));
        await replica.DoAsync(db => db.AddAccountsAsync("a", "b"));
        return replica;
    }

    private static async Task DepositAsync(Replica replica, params string[] accounts)
    {
        for (var i = 0; i < Events; i++)
        {
            foreach (var account in accounts)
                await replica.DepositAsync(account);
        }
    }

    private static List<TopicEvent> Read(Topics.TopicReader reader)
    {
        var read = new List<TopicEvent>();
        while (!reader.IsAtEnd)
            read.AddRange(reader.Read(7, TestContext.Current.CancellationToken));
        return read;
    }
}
