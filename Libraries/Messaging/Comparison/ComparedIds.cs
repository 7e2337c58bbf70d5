using Google.Protobuf.Collections;
using Shop.ServiceDefaults.Validation;

namespace Shop.Messaging.Comparison;

/// <summary>Event ids of a request.</summary>
internal static class ComparedIds
{
    /// <summary>The most ids in one message.</summary>
    public const int Most = 5_000;

    public static Guid[] Read(Check check, RepeatedField<string> ids)
    {
        if (!check.That(ids.Count is >= 1 and <= Most, "eventIds", $"must be 1 to {Most} ids"))
            return [];
        return [.. ids.Select((id, i) => check.Uuid($"eventIds[{i}]", id))];
    }
}
