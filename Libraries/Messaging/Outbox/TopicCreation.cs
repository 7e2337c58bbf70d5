using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Messaging.Definition;
using Shop.Messaging.Kafka;
using Shop.Persistence.Workers;

namespace Shop.Messaging.Outbox;

/// <summary>
/// Creates the topics that the service owns, the dead-letter topics of those it consumes, and the health check's topic; again when one was deleted, so that it is not
/// created elsewhere with another number of partitions. Existing topics are not changed.
/// </summary>
internal sealed partial class TopicCreation(
    IAdminClient admin, BrokerTopics broker, MessagingDefinition definition, IOptions<MessagingOptions> options, IOptions<OutboxOptions> outbox, ILogger<TopicCreation> logger) : Worker, IHealthCheck
{
    public const string HealthCheck = "topics";

    private readonly string[] _topics = [.. definition.PublishedTopics, BrokerHealthExtensions.Topic];
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string[] _missing = [];

    public Task WaitAsync(CancellationToken cancel) => _done.Task.WaitAsync(cancel);

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        await Task.Yield();
        for (var failures = 0; ;)
        {
            var wait = outbox.Value.LostDataCheck;
            try
            {
                await CreateMissingAsync(stopping);
                _done.TrySetResult();
                failures = 0;
            }
            catch (KafkaException failure) when (!stopping.IsCancellationRequested)
            {
                wait = Backoff.Delay(++failures, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(10));
                LogNotCreated(failures, wait.TotalSeconds, failure.Message);
            }
            await Task.Delay(wait, stopping);
        }
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_missing is { Length: > 0 } missing
            ? new HealthCheckResult(context.Registration.FailureStatus, $"Topics missing, could not be created: {string.Join(", ", missing)}.")
            : HealthCheckResult.Healthy());

    /// <exception cref="KafkaException">The broker has not answered, or has refused.</exception>
    public async Task CreateMissingAsync(CancellationToken cancel)
    {
        var missing = await MissingAsync(cancel);
        if (missing.Length > 0)
        {
            _missing = missing;
            await CreateAsync(missing, cancel);
        }
        _missing = [];
    }

    private async Task CreateAsync(string[] missing, CancellationToken cancel)
    {
        try
        {
            var timeout = options.Value.AdminTimeout;
            await admin.CreateTopicsAsync(missing.Select(Specification), new() { RequestTimeout = timeout, OperationTimeout = timeout }).WaitAsync(cancel);
            LogCreated(string.Join(", ", missing));
        }
        catch (CreateTopicsException failure) when (failure.Results.All(result => !result.Error.IsError || result.Error.Code is ErrorCode.TopicAlreadyExists))
        {
            // Another replica was first.
        }
        catch (KafkaException failure) when (failure.Error.Code is ErrorCode.Local_UnsupportedFeature or ErrorCode.UnsupportedVersion)
        {
            // An in-memory broker without this call: it creates a topic when its metadata is requested by name.
            foreach (var topic in missing)
                await broker.ReadAsync(topic, options.Value.AdminTimeout, cancel);
            LogUnsupported(string.Join(", ", missing));
        }
    }

    private TopicSpecification Specification(string topic) => new()
    {
        Name = topic,
        NumPartitions = topic == BrokerHealthExtensions.Topic ? 1 : options.Value.TopicPartitions,
        ReplicationFactor = options.Value.TopicReplication,
    };

    private async Task<string[]> MissingAsync(CancellationToken cancel)
    {
        var metadata = await broker.ReadAsync(options.Value.AdminTimeout, cancel);
        var known = metadata.Topics.Where(topic => !topic.Error.IsError).Select(topic => topic.Topic).ToHashSet();
        return [.. _topics.Where(topic => !known.Contains(topic))];
    }

    [LoggerMessage(LogLevel.Information, "Topics created: {Topics}")]
    private partial void LogCreated(string topics);

    [LoggerMessage(LogLevel.Information, "This broker does not support CreateTopics; created by metadata requests: {Topics}")]
    private partial void LogUnsupported(string topics);

    [LoggerMessage(LogLevel.Warning, "Topics not created (attempt {Attempt}), next try in {Seconds:0.0} s: {Reason}")]
    private partial void LogNotCreated(int attempt, double seconds, string reason);
}
