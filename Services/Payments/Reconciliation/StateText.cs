using Shop.Payments.Intents;
using Shop.Payments.Provider;

namespace Shop.Payments.Reconciliation;

/// <summary>Both sides of a difference, for people. Amounts in minor units.</summary>
internal static class StateText
{
    public static string Of(Intent intent) => intent.Amount is null
        ? $"{intent.Status} without a charge"
        : Text(intent.Status, intent.Amount.Value, intent.Currency!, intent.Refunded);

    public static string Of(Charge charge) => Text(charge.State.ToString().ToLowerInvariant(), charge.Amount, charge.Currency, charge.Refunded);

    public static string Of(Movement movement) => movement.Kind switch
    {
        MovementKind.Authorise => $"authorised {movement.Amount} {movement.Currency}",
        MovementKind.Capture => $"captured {movement.Amount} {movement.Currency}",
        MovementKind.Void => $"voided {movement.Amount} {movement.Currency}",
        MovementKind.Refund => $"refunded {movement.Refunded} {movement.Currency}",
        _ => "unknown",
    };

    private static string Text(string status, long amount, string currency, long refunded) =>
        $"{status} {amount} {currency}" + (refunded > 0 ? $", {refunded} refunded" : "");
}
