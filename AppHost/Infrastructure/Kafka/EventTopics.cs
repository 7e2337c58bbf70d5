using Google.Protobuf.Reflection;
using Shop.Events.V1;

namespace Shop.AppHost.Infrastructure.Kafka;

/// <summary>The topics of the contracts, for the mock broker, which cannot create topics on a service's request.</summary>
internal static class EventTopics
{
    public const int Partitions = 12;

    public static IReadOnlyList<string> All { get; } = typeof(OptionsExtensions).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
        .Select(type => type.GetProperty("Descriptor")?.GetValue(null))
        .OfType<FileDescriptor>()
        .SelectMany(file => file.MessageTypes)
        .Select(message => message.GetOptions()?.GetExtension(OptionsExtensions.Topic))
        .OfType<string>()
        .Where(topic => topic.Length > 0)
        .Distinct()
        .Order(StringComparer.Ordinal)
        .SelectMany(topic => new[] { topic, $"{topic}.dead" })
        .ToList();
}
