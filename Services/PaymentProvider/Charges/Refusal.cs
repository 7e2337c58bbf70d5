namespace Shop.PaymentProvider.Charges;

/// <summary>Why a write was refused. It is stored as the answer of its idempotency key.</summary>
/// <param name="Status">402: the card was declined. 409: the charge is in another state.</param>
/// <param name="Code">Stable, snake_case.</param>
internal sealed record Refusal(int Status, string Code, string Message)
{
    public static Refusal ByCard(string code, string message) => new(StatusCodes.Status402PaymentRequired, code, message);

    public static Refusal ByState(string code, string message) => new(StatusCodes.Status409Conflict, code, message);
}
