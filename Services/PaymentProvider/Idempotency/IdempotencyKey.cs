using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.PaymentProvider.Idempotency;

/// <summary>The header of every write, which makes it safe to repeat.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    public static string Check(string? key) =>
        key is { Length: >= 1 and <= 255 } && key.All(c => c is > ' ' and <= '~')
            ? key
            : throw new InvalidException(Header, "must be 1 to 255 visible ASCII characters");
}
