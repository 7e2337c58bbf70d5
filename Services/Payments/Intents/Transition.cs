using Shop.Payments.Provider;

namespace Shop.Payments.Intents;

/// <summary>A state change of an order's payment. Each happens at most once per order.</summary>
public enum Transition
{
    Decline,
    Authorise,
    Capture,
    Void,
    Refund,
}

internal static class PaymentHistory
{
    private static readonly Transition[] Declined = [Transition.Decline];
    private static readonly Transition[] Authorised = [Transition.Authorise];
    private static readonly Transition[] Captured = [Transition.Authorise, Transition.Capture];
    private static readonly Transition[] Voided = [Transition.Authorise, Transition.Void];
    private static readonly Transition[] Refunded = [Transition.Authorise, Transition.Capture, Transition.Refund];

    /// <summary>The transitions that lead to a charge in this state, in order.</summary>
    public static IReadOnlyList<Transition> Of(ChargeState state) => state switch
    {
        ChargeState.Declined => Declined,
        ChargeState.Authorised => Authorised,
        ChargeState.Captured => Captured,
        ChargeState.Voided => Voided,
        ChargeState.Refunded => Refunded,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state of a charge."),
    };

    /// <summary>The recorded transitions of an intent with this status, in order.</summary>
    public static IReadOnlyList<Transition> Of(string status) => status switch
    {
        IntentStatus.Declined => Declined,
        IntentStatus.Authorised => Authorised,
        IntentStatus.Captured => Captured,
        IntentStatus.Voided => Voided,
        IntentStatus.Refunded => Refunded,
        _ => [],
    };

    public static string StatusAfter(this Transition transition) => transition switch
    {
        Transition.Decline => IntentStatus.Declined,
        Transition.Authorise => IntentStatus.Authorised,
        Transition.Capture => IntentStatus.Captured,
        Transition.Void => IntentStatus.Voided,
        Transition.Refund => IntentStatus.Refunded,
        _ => throw new ArgumentOutOfRangeException(nameof(transition), transition, "Not a transition."),
    };
}
