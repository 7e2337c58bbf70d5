using System.Text.Json;
using Shop.PaymentProvider.Idempotency;

namespace Shop.PaymentProvider.Charges;

internal static class ChargeAnswer
{
    /// <summary>The charge as it is now, or why it does not do what was asked.</summary>
    public static Answer ToAnswer(this Charge charge, Refusal? refusal, int success = StatusCodes.Status200OK) => refusal is null
        ? new Answer(success, JsonSerializer.Serialize(ChargeView.Of(charge), JsonSerializerOptions.Web), charge.Token, IsFirst: true)
        : new Answer(refusal.Status, JsonSerializer.Serialize(Problem(charge, refusal), JsonSerializerOptions.Web), charge.Token, IsFirst: true);

    private static ChargeProblem Problem(Charge charge, Refusal refusal) =>
        new($"urn:payment-provider:{refusal.Code}", "The charge does not do that.", refusal.Status, refusal.Message, refusal.Code, ChargeView.Of(charge));

    // RFC 9457, with the charge as it stands.
    private sealed record ChargeProblem(string Type, string Title, int Status, string Detail, string Code, ChargeView Charge);
}
