using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Messaging.Broker;

namespace Shop.Messaging.Outbox;

/// <summary>Creates the topics that the service owns, the dead-letter topics of those it reads, and the health check's. What exists stays as it is.</summary>
internal sealed partial class TopicCreation(IAdminClient admin, MessagingDefinition definition, IOptions<MessagingOptions> options, ILogger<TopicCreation> logger)
    : Worker
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task WaitAsync(CancellationToken cancel) => _done.Task.WaitAsync(cancel);

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        await Task.Yield();
        string[] topics = [.. definition.OwnTopics, .. definition.ConsumedTopics.Select(DeadTopics.Of), BrokerHealth.Topic];
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await CreateAsync(topics, stopping);
                break;
            }
            catch (KafkaException unreachable) when (!stopping.IsCancellationRequested)
            {
                var delay = Backoff.Delay(attempt, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(10));
                LogNotCreated(attempt, delay.TotalSeconds, unreachable.Message);
                await Task.Delay(delay, stopping);
            }
        }
        _done.TrySetResult();
    }

    private async Task CreateAsync(string[] topics, CancellationToken cancel)
    {
        var missing = await MissingAsync(topics, cancel);
        if (missing.Length == 0)
            return;
        try
        {
            var timeout = options.Value.AdminTimeout;
            await admin.CreateTopicsAsync(missing.Select(Specification), new() { RequestTimeout = timeout, OperationTimeout = timeout }).WaitAsync(cancel);
            LogCreated(string.Join(", ", missing));
        }
        catch (CreateTopicsException failed) when (failed.Results.All(result => !result.Error.IsError || result.Error.Code is ErrorCode.TopicAlreadyExists))
        {
            // Another replica was first.
        }
        catch (KafkaException failed) when (failed.Error.Code is ErrorCode.Local_UnsupportedFeature or ErrorCode.UnsupportedVersion)
        {
            // An in-memory broker without this call: it makes a topic when it is first used.
            LogUnsupported(string.Join(", ", missing));
        }
    }

    private TopicSpecification Specification(string topic) => new()
    {
        Name = topic,
        NumPartitions = topic == BrokerHealth.Topic ? 1 : options.Value.TopicPartitions,
        ReplicationFactor = options.Value.TopicReplication,
    };

    private async Task<string[]> MissingAsync(string[] topics, CancellationToken cancel)
    {
        var metadata = await admin.ReadAsync(options.Value.AdminTimeout, cancel);
        var known = metadata.Topics.Where(topic => !topic.Error.IsError).Select(topic => topic.Topic).ToHashSet();
        return [.. topics.Where(topic => !known.Contains(topic))];
    }

    [LoggerMessage(LogLevel.Information, "Topics created: {Topics}")]
    private partial void LogCreated(string topics);

    [LoggerMessage(LogLevel.Information, "This broker cannot create topics on request; missing so far: {Topics}")]
    private partial void LogUnsupported(string topics);

    [LoggerMessage(LogLevel.Warning, "Topics not created (attempt {Attempt}), next try in {Seconds:0.0} s: {Reason}")]
    private partial void LogNotCreated(int attempt, double seconds, string reason);
}
