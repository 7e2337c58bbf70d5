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
            Transition.Authorise => new PaymentAuthorised { OrderId = order, MemberId = member, Amount = intent.Money(), At = time, State = intent.State() },
            Transition.Capture => new PaymentCaptured { OrderId = order, MemberId = member, Amount = intent.Money(), At = time, State = intent.State() },
            Transition.Void => new PaymentVoided { OrderId = order, MemberId = member, Amount = intent.Money(), At = time, State = intent.State() },
            Transition.Refund => new PaymentRefunded { OrderId = order, MemberId = member, Amount = new Money { Amount = applied.Amount, Currency = intent.Currency }, At = time, State = intent.State() },
            Transition.Decline => new PaymentDeclined { OrderId = order, MemberId = member, Reason = intent.Refusal, At = time, State = intent.State() },
            _ => throw new ArgumentOutOfRangeException(nameof(applied), applied, "Not a transition."),
        };
    }

    /// <summary>For a change that none of the other events reports.</summary>
    public static PaymentChanged Changed(this Intent intent) => new() { OrderId = intent.OrderId.ToString(), MemberId = intent.MemberId.ToString(), State = intent.State() };

    private static PaymentState State(this Intent intent) => new()
    {
        Version = intent.Revision,
        Status = intent.Status,
        Amount = intent.Money(),
        Attempts = intent.AuthoriseAttempts,
        Refunded = new Money { Amount = intent.Refunded, Currency = intent.Currency },
    };

    private static Money Money(this Intent intent) => new() { Amount = intent.Amount!.Value, Currency = intent.Currency };
}
