using Shop.Payments.Provider;

namespace Shop.Payments.Intents;

/// <summary>One thing that happened to an order's money. Each happens at most once per order.</summary>
public enum Move
{
    Decline,
    Authorise,
    Capture,
    Void,
    Refund,
}

public static class Moves
{
    private static readonly Move[] Declined = [Move.Decline];
    private static readonly Move[] Authorised = [Move.Authorise];
    private static readonly Move[] Captured = [Move.Authorise, Move.Capture];
    private static readonly Move[] Voided = [Move.Authorise, Move.Void];
    private static readonly Move[] Refunded = [Move.Authorise, Move.Capture, Move.Refund];

    /// <summary>All that must have happened to a charge in this state, in order.</summary>
    public static IReadOnlyList<Move> Behind(ChargeState state) => state switch
    {
        ChargeState.Declined => Declined,
        ChargeState.Authorised => Authorised,
        ChargeState.Captured => Captured,
        ChargeState.Voided => Voided,
        ChargeState.Refunded => Refunded,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state of a charge."),
    };

    /// <summary>All that we have on our books for an intent with this status.</summary>
    public static IReadOnlyList<Move> Behind(string status) => status switch
    {
        IntentStatus.Declined => Declined,
        IntentStatus.Authorised => Authorised,
        IntentStatus.Captured => Captured,
        IntentStatus.Voided => Voided,
        IntentStatus.Refunded => Refunded,
        _ => [],
    };

    public static string StatusAfter(this Move move) => move switch
    {
        Move.Decline => IntentStatus.Declined,
        Move.Authorise => IntentStatus.Authorised,
        Move.Capture => IntentStatus.Captured,
        Move.Void => IntentStatus.Voided,
        Move.Refund => IntentStatus.Refunded,
        _ => throw new ArgumentOutOfRangeException(nameof(move), move, "Not a move."),
    };
}
