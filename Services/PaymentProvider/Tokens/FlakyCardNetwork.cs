using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.PaymentProvider.Tokens;

/// <summary><see cref="PaymentToken.Flaky"/>: counts the writes of this process and fails every second one before it has an effect.</summary>
internal sealed class FlakyCardNetwork
{
    private int _calls;

    public void ThrowIfDue(string token)
    {
        if (token == PaymentToken.Flaky && Interlocked.Increment(ref _calls) % 2 == 0)
            throw new UnavailableException("The card network did not answer.", reason: "card_network_unavailable");
    }
}
