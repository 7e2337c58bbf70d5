using Shop.Messaging;
using Shop.Payments.Ledger;
using Shop.Payments.Provider;

namespace Shop.Payments.Intents;

/// <summary>Keeps status, ledger and events in step: all that an answer of the provider changes is one SaveChanges, so there is all of it or nothing.</summary>
internal sealed class Books(PaymentsDb db, TimeProvider clock)
{
    public void Follow(Intent intent, Charge charge)
    {
        var now = clock.GetUtcNow();
        foreach (var move in intent.Follow(charge, now))
        {
            if (Transfer(intent, move, now) is { } transfer)
                db.Transfers.Add(transfer);
            Publish(intent, move, now);
        }
    }

    /// <summary>The provider keeps holding the money but will not hand it over.</summary>
    public void RefuseCapture(Intent intent, string reason)
    {
        if (intent.Refusal is not null)
            return;

        var now = clock.GetUtcNow();
        intent.RefuseCapture(reason, now);
        Publish(intent, Move.Decline, now);
    }

    private void Publish(Intent intent, Move move, DateTimeOffset now)
    {
        // Of a tombstone's charge nobody was ever told, and nobody can be told whose it was.
        if (intent.MemberId is not null)
            db.Publish(intent.EventOf(move, now));
    }

    private static Transfer? Transfer(Intent intent, Move move, DateTimeOffset now)
    {
        var (from, to) = move switch
        {
            Move.Authorise => (Accounts.Members, Accounts.Held),
            Move.Capture => (Accounts.Held, Accounts.Taken),
            Move.Void => (Accounts.Held, Accounts.Members),
            Move.Refund => (Accounts.Taken, Accounts.Members),
            _ => (null, null),
        };

        return from is null || to is null
            ? null
            : Ledger.Transfer.Of(intent.OrderId, move.ToString().ToLowerInvariant(), from, to, intent.Amount!.Value, intent.Currency!, now);
    }
}
