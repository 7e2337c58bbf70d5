namespace Shop.Checker.Promises;

internal static class NothingIsParked
{
    public static IEnumerable<string> Violations(Evidence evidence) =>
        evidence.Events.Parked.Select(parked => $"{parked.Service}'s {parked.Consumer} has parked {parked.Type} {parked.EventId} of {parked.Key}: {parked.Reason}");
}
