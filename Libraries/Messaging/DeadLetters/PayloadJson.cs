using Google.Protobuf;
using Shop.Messaging.Definition;
using Shop.Messaging.Events;

namespace Shop.Messaging.DeadLetters;

/// <summary>A payload in the JSON form of protobuf, for people to read.</summary>
internal static class PayloadJson
{
    /// <summary>In UTF-16 units.</summary>
    public const int Longest = 65_536;

    // With default values: an amount of 0 may be the mistake that is searched.
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    /// <param name="handler">It knows the event's type; null: nobody does.</param>
    /// <returns>Json is null if it cannot be read as that type, cannot be written as JSON, or is too long; IsWhole: nothing of the payload is left out.</returns>
    public static (string? Json, bool IsWhole) Of(HandlerDefinition? handler, byte[] payload)
    {
        if (handler is null)
            return (null, false);
        try
        {
            var message = handler.Read(payload);
            var json = Formatter.Format(message);
            // A payload of another type, or of a newer version, is often readable: all of it is unknown fields, which the JSON form leaves out.
            var known = message.Descriptor.Parser.WithDiscardUnknownFields(true).ParseFrom(payload);
            return json.Length <= Longest ? (json, known.CalculateSize() == payload.Length) : (null, false);
        }
        catch (Exception failure) when (failure is UnreadablePayloadException or InvalidOperationException)
        {
            // The handler's parser refuses it, or the JSON form does (a time outside of those that JSON has). The payload is what failed, and often the cause of the parking: whatever is wrong with it, the rest of the dead letter is shown.
            return (null, false);
        }
    }
}
