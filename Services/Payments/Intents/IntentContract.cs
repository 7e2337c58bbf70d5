using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Shop.Common.V1;
using Shop.Payments.V1;

namespace Shop.Payments.Intents;

/// <summary>Maps an intent to the messages of the contract: responses and events.</summary>
internal static class IntentContract
{
    public static Payment ToContract(this Intent intent) => new()
    {
        OrderId = intent.OrderId.ToString(),
        Status = intent.Status,
        Amount = intent.Money(),
        Attempts = intent.AuthoriseAttempts,
        Refunded = new Money { Amount = intent.Refunded, Currency = intent.Currency },
    };

    public static IMessage EventOf(this Intent intent, AppliedTransition applied, DateTimeOffset at)
    {
        var (order, member, time) = (intent.OrderId.ToString(), intent.MemberId.ToString(), at.ToTimestamp());
        return applied.Transition switch
        {
            Transition.Authorise => new PaymentAuthorised { OrderId = order, MemberId = member, Amount = intent.Money(), At = time },
            Transition.Capture => new PaymentCaptured { OrderId = order, MemberId = member, Amount = intent.Money(), At = time },
            Transition.Void => new PaymentVoided { OrderId = order, MemberId = member, Amount = intent.Money(), At = time },
            Transition.Refund => new PaymentRefunded { OrderId = order, MemberId = member, Amount = new Money { Amount = applied.Amount, Currency = intent.Currency }, At = time },
            Transition.Decline => new PaymentDeclined { OrderId = order, MemberId = member, Reason = intent.Refusal, At = time },
            _ => throw new ArgumentOutOfRangeException(nameof(applied), applied, "Not a transition."),
        };
    }

    private static Money Money(this Intent intent) => new() { Amount = intent.Amount!.Value, Currency = intent.Currency };
}
