using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Options;

namespace Shop.Messaging.Kafka;

/// <summary>Reads topic ids from the broker: a recreated topic has a new id, and offsets of the old one are meaningless in it.</summary>
internal sealed class TopicIds(IAdminClient admin, IOptions<MessagingOptions> options)
{
    private static readonly string None = new Uuid(0, 0).ToString();

    /// <summary>Id by name. Missing topics are left out; empty on a broker without topic ids.</summary>
    /// <exception cref="KafkaException">The broker has not answered in time.</exception>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(IEnumerable<string> topics, CancellationToken cancel)
    {
        List<string> names = [.. topics.Distinct()];
        if (names.Count == 0)
            return new Dictionary<string, string>();
        return (await DescribeAsync(names, cancel))
            .Where(topic => !topic.Error.IsError && topic.TopicId is { } id && id.ToString() != None)
            .ToDictionary(topic => topic.Name, topic => topic.TopicId.ToString());
    }

    private async Task<IReadOnlyList<TopicDescription>> DescribeAsync(List<string> topics, CancellationToken cancel)
    {
        try
        {
            var described = await admin.DescribeTopicsAsync(TopicCollection.OfTopicNames(topics), new() { RequestTimeout = options.Value.AdminTimeout }).WaitAsync(cancel);
            return described.TopicDescriptions;
        }
        catch (DescribeTopicsException failure)
        {
            // Thrown if any topic is missing; it holds the others.
            return failure.Results.TopicDescriptions;
        }
        catch (KafkaException failure) when (failure.Error.Code is ErrorCode.Local_UnsupportedFeature or ErrorCode.UnsupportedVersion)
        {
            return [];
        }
    }
}
