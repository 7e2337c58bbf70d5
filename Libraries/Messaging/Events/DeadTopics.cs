namespace Shop.Messaging.Events;

internal static class DeadTopics
{
    private const string Suffix = ".dead";

    public static string Of(string topic) => topic + Suffix;

    public static bool IsOne(string topic) => topic.EndsWith(Suffix, StringComparison.Ordinal);

    public static string SourceOf(string deadTopic) => deadTopic[..^Suffix.Length];
}
