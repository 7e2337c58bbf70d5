using Google.Protobuf;
using Shop.Messaging.Definition;

namespace Shop.Messaging.DeadLetters;

/// <summary>A payload in the JSON form of protobuf, for people to read.</summary>
internal static class PayloadJson
{
    /// <summary>In UTF-16 units.</summary>
    public const int Longest = 65_536;

    // With default values: an amount of 0 may be the mistake that is searched.
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    /// <param name="handler">It knows the event's type; null: nobody does.</param>
    /// <returns>Null: it cannot be read as that type, cannot be written as JSON, or is too long.</returns>
    public static string? Of(HandlerDefinition? handler, byte[] payload)
    {
        if (handler is null)
            return null;
        try
        {
            var json = Formatter.Format(handler.Read(payload));
            return json.Length <= Longest ? json : null;
        }
        catch
        {
            // The payload is what failed, and often the cause of the parking: whatever is wrong with it, the rest of the dead letter is shown.
            return null;
        }
    }
}
