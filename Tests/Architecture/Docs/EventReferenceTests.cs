using System.Reflection;
using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using Shop.Events.V1;
using Shop.Protos;
using Xunit;

namespace Shop.Architecture.Tests.Docs;

public sealed partial class EventReferenceTests
{
    [Fact]
    public void Every_event_is_listed_with_its_topic_key_publisher_and_handlers() => Reference.AssertLists("events.md", 5,
        from message in typeof(Topics).Assembly.GetTypes().Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null)).OfType<MessageDescriptor>()
        let topic = message.GetOptions()?.GetExtension(OptionsExtensions.Topic)
        where !string.IsNullOrEmpty(topic)
        select $"`{topic}` | `{message.Name}` | `{message.GetOptions().GetExtension(OptionsExtensions.Key)}` | {PublisherOf(topic, message.Name)} | {HandlersOf(message.Name)}");

    private static string PublisherOf(string topic, string message) => OneOf("nobody yet", Repository.ServiceFolders.Where(service =>
        CodeOf(service).Any(text => Publishes().Matches(text).Any(match => typeof(Topics).GetField(match.Groups[1].Value)!.GetRawConstantValue() is string published && published == topic))
        && CodeOf(service).Any(text => Regex.IsMatch(text, $@"\b{message}\b"))));

    private static string HandlersOf(string message) => OneOf("–",
        from service in Repository.ServiceFolders
        from text in CodeOf(service)
        from Match match in Regex.Matches(text, $@"Handles<{message}, (\w+)>")
        select $"{service}: `{match.Groups[1]}`");

    private static string OneOf(string none, IEnumerable<string> names) => names.DefaultIfEmpty(none).Aggregate((all, name) => $"{all}, {name}");

    private static IEnumerable<string> CodeOf(string service) =>
        Reference.Code.Where(file => file.Path.StartsWith(Path.Combine("Services", service) + Path.DirectorySeparatorChar, StringComparison.Ordinal)).Select(file => file.Text);

    [GeneratedRegex(@"Publishes\(Topics\.(\w+)\)")]
    private static partial Regex Publishes();
}
