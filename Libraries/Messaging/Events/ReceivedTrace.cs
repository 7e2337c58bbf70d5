using System.Diagnostics;

namespace Shop.Messaging.Events;

/// <summary>The trace context of a received event. It is copied to rows and headers of this service, so only values valid by W3C Trace Context are kept.</summary>
internal static class ReceivedTrace
{
    private const int ParentLength = 55;
    private const int LongestState = 512;

    public static (string? Parent, string? State) Of(string? parent, string? state)
    {
        if (parent?.Length != ParentLength || !ActivityContext.TryParse(parent, null, out _))
            return (null, null);
        return (parent, state is { Length: <= LongestState } && state.All(IsPrintable) ? state : null);
    }

    private static bool IsPrintable(char c) => c is >= ' ' and <= '~';
}
