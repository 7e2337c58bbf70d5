using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Options;

namespace Shop.Messaging.Kafka;

/// <summary>Asks the broker for the ids of topics: one that was deleted and made again has another, and offsets of the old one mean nothing in it.</summary>
internal sealed class TopicIds(IAdminClient admin, IOptions<MessagingOptions> options)
{
    private static readonly string None = new Uuid(0, 0).ToString();

    /// <summary>Id by name. Without those that are not there, and empty on a broker that knows no ids.</summary>
    /// <exception cref="KafkaException">The broker has not answered in time.</exception>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(IEnumerable<string> topics, CancellationToken cancel)
    {
        List<string> asked = [.. topics.Distinct()];
        if (asked.Count == 0)
            return new Dictionary<string, string>();
        return (await DescribeAsync(asked, cancel))
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
        catch (DescribeTopicsException some)
        {
            // Thrown if a single one is missing.
            return some.Results.TopicDescriptions;
        }
        catch (KafkaException failed) when (failed.Error.Code is ErrorCode.Local_UnsupportedFeature or ErrorCode.UnsupportedVersion)
        {
            return [];
        }
    }
}
