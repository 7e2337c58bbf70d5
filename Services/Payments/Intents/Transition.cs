using Shop.Payments.Provider;

namespace Shop.Payments.Intents;

/// <summary>A state change of an order's payment. Each happens at most once per order; only refunds can be several, which sum to the captured amount at most.</summary>
internal enum Transition
{
    Decline,
    Authorise,
    Capture,
    Void,
    Refund,
}

/// <summary>A <see cref="Transition"/> that an intent has just applied.</summary>
/// <param name="Amount">Minor units: of a refund its own amount, otherwise the order's amount.</param>
/// <param name="Refunded">Minor units: the sum of the refunds, this one included.</param>
internal sealed record AppliedTransition(Transition Transition, long Amount, long Refunded = 0);

internal static class PaymentHistory
{
    private static readonly Transition[] Declined = [Transition.Decline];
    private static readonly Transition[] Authorised = [Transition.Authorise];
    private static readonly Transition[] Captured = [Transition.Authorise, Transition.Capture];
    private static readonly Transition[] Voided = [Transition.Authorise, Transition.Void];

    /// <summary>The transitions that lead to a charge in this state, in order, without refunds: those are compared by their sum.</summary>
    public static IReadOnlyList<Transition> Of(ChargeState state) => state switch
    {
        ChargeState.Declined => Declined,
        ChargeState.Authorised => Authorised,
        ChargeState.Captured => Captured,
        ChargeState.Voided => Voided,
        ChargeState.Refunded => Captured,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state of a charge."),
    };

    /// <summary>The recorded transitions of an intent with this status, in order, without refunds.</summary>
    public static IReadOnlyList<Transition> Of(string status) => status switch
    {
        IntentStatus.Declined => Declined,
        IntentStatus.Authorised => Authorised,
        IntentStatus.Captured => Captured,
        IntentStatus.Voided => Voided,
        IntentStatus.Refunded => Captured,
        _ => [],
    };

    public static string StatusAfter(this Transition transition) => transition switch
    {
        Transition.Decline => IntentStatus.Declined,
        Transition.Authorise => IntentStatus.Authorised,
        Transition.Capture => IntentStatus.Captured,
        Transition.Void => IntentStatus.Voided,
        _ => throw new ArgumentOutOfRangeException(nameof(transition), transition, "The status after a refund depends on its amount."),
    };
}
