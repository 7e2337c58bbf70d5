using Shop.Messaging.V1;

namespace Shop.Gateway.Operators.MissedMessages;

/// <param name="Service">Whose handler it is.</param>
/// <param name="Consumer">The handler.</param>
/// <param name="Published">Events of that day.</param>
/// <param name="Unpublished">Committed by their service, and not published when they were compared.</param>
/// <param name="Missing">Published, and neither applied nor parked by the handler.</param>
/// <param name="Requested">How many were published again for it, in all comparisons of the day.</param>
/// <param name="RequestedAt">The last time; null: never.</param>
internal sealed record ComparedEventsView(
    string Service, string Consumer, string Topic, string Type, long Published, long Unpublished, long Missing, long Requested, DateTime ComparedAt, DateTime? RequestedAt)
{
    public static ComparedEventsView Of(string service, ComparedEvents events) => new(
        service, events.Consumer, events.Kind.Topic, events.Kind.Type, events.Published, events.Unpublished, events.Missing, events.Requested,
        events.ComparedAt.ToDateTime(), events.RequestedAt?.ToDateTime());
}

/// <param name="Day">In UTC.</param>
/// <param name="Items">The last comparison of each handler and kind of event; those that differ come first. None: the day has not been compared, or too long ago.</param>
/// <param name="Unavailable">Services that are unavailable: their handlers are missing here.</param>
/// <param name="NotCompared">Services that have not compared the day, so what their handlers have missed is not known.</param>
internal sealed record ComparisonsOfDay(DateOnly Day, IReadOnlyList<ComparedEventsView> Items, IReadOnlyList<string> Unavailable, IReadOnlyList<string> NotCompared);
