using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Shop.Common.V1;
using Shop.Payments.V1;

namespace Shop.Payments.Intents;

/// <summary>An intent in the words of its contract: answers and events.</summary>
internal static class IntentContract
{
    public static Payment ToContract(this Intent intent) => new()
    {
        OrderId = intent.OrderId.ToString(),
        Status = intent.Status,
        Amount = intent.Money(),
        Attempts = intent.AuthoriseAttempts,
    };

    public static IMessage EventOf(this Intent intent, Move move, DateTimeOffset at)
    {
        var (order, member, time) = (intent.OrderId.ToString(), intent.MemberId.ToString(), at.ToTimestamp());
        return move switch
        {
            Move.Authorise => new PaymentAuthorised { OrderId = order, MemberId = member, Amount = intent.Money(), At = time },
            Move.Capture => new PaymentCaptured { OrderId = order, MemberId = member, Amount = intent.Money(), At = time },
            Move.Void => new PaymentVoided { OrderId = order, MemberId = member, Amount = intent.Money(), At = time },
            Move.Refund => new PaymentRefunded { OrderId = order, MemberId = member, Amount = intent.Money(), At = time },
            Move.Decline => new PaymentDeclined { OrderId = order, MemberId = member, Reason = intent.Refusal, At = time },
            _ => throw new ArgumentOutOfRangeException(nameof(move), move, "Not a move."),
        };
    }

    private static Money Money(this Intent intent) => new() { Amount = intent.Amount!.Value, Currency = intent.Currency };
}
