using System.Text.Json;
using Shop.PaymentProvider.Idempotency;

namespace Shop.PaymentProvider.Charges;

internal static class ChargeAnswer
{
    /// <summary>The charge's current state, or the reason of the refusal.</summary>
    public static Answer ToAnswer(this Charge charge, Refusal? refusal, int success = StatusCodes.Status200OK) => refusal is null
        ? new Answer(success, JsonSerializer.Serialize(ChargeView.Of(charge), JsonSerializerOptions.Web), charge.Token, IsFirst: true)
        : new Answer(refusal.Status, JsonSerializer.Serialize(Problem(charge, refusal), JsonSerializerOptions.Web), charge.Token, IsFirst: true);

    private static ChargeProblem Problem(Charge charge, Refusal refusal) =>
        new($"urn:payment-provider:{refusal.Code}", "The charge cannot be changed that way.", refusal.Status, refusal.Message, refusal.Code, ChargeView.Of(charge));

    // RFC 9457, with the charge's current state.
    private sealed record ChargeProblem(string Type, string Title, int Status, string Detail, string Code, ChargeView Charge);
}
