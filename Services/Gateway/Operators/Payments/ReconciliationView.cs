using System.ComponentModel.DataAnnotations;
using Shop.Payments.V1;

namespace Shop.Gateway.Operators.Payments;

/// <param name="At">The end of the last comparison; null before the first one.</param>
/// <param name="Compared">Movements of the provider and attempts of ours that were compared so far. Each is compared once.</param>
/// <param name="Differences">The newest first, at most 100.</param>
internal sealed record ReconciliationView(DateTime? At, long Compared, IReadOnlyList<DifferenceView> Differences)
{
    public static ReconciliationView Of(GetReconciliationResponse answer) =>
        new(answer.At?.ToDateTime(), answer.Compared, [.. answer.Differences.Select(DifferenceView.Of)]);
}

/// <param name="OrderId">Null: a charge that is not of this shop.</param>
/// <param name="Ours">Null: nothing is recorded here.</param>
/// <param name="Theirs">Null: the provider knows nothing of it.</param>
internal sealed record DifferenceView(
    string? OrderId,
    [property: AllowedValues("unknown_charge", "amount_differs", "missing_authorisation", "missing_capture", "missing_void", "missing_refund", "not_released", "not_at_provider")]
    string Kind,
    string? Ours, string? Theirs, bool Repaired, DateTime At)
{
    public static DifferenceView Of(Difference difference) => new(
        ContractText.OrNull(difference.OrderId), difference.Kind, ContractText.OrNull(difference.Ours), ContractText.OrNull(difference.Theirs),
        difference.Repaired, difference.At.ToDateTime());
}
