using Shop.Messaging;
using Shop.Payments.Ledger;
using Shop.Payments.Provider;

namespace Shop.Payments.Intents;

/// <summary>Applies a provider answer to status, ledger and events. One SaveChanges by the caller commits all of them or none.</summary>
internal sealed class PaymentRecorder(PaymentsDb db, TimeProvider clock)
{
    public void Apply(Intent intent, Charge charge)
    {
        var now = clock.GetUtcNow();
        foreach (var transition in intent.Apply(charge, now))
        {
            if (Transfer(intent, transition, now) is { } transfer)
                db.Transfers.Add(transfer);
            Publish(intent, transition, now);
        }
    }

    /// <summary>The provider refused the capture; the authorisation remains.</summary>
    public void RefuseCapture(Intent intent, string reason)
    {
        if (intent.Refusal is not null)
            return;

        var now = clock.GetUtcNow();
        intent.RefuseCapture(reason, now);
        Publish(intent, Transition.Decline, now);
    }

    private void Publish(Intent intent, Transition transition, DateTimeOffset now)
    {
        // A tombstone's charge has no known member, and no event of it was ever published.
        if (intent.MemberId is not null)
            db.Publish(intent.EventOf(transition, now));
    }

    private static Transfer? Transfer(Intent intent, Transition transition, DateTimeOffset now)
    {
        var (from, to) = transition switch
        {
            Transition.Authorise => (Accounts.Members, Accounts.Held),
            Transition.Capture => (Accounts.Held, Accounts.Taken),
            Transition.Void => (Accounts.Held, Accounts.Members),
            Transition.Refund => (Accounts.Taken, Accounts.Members),
            _ => (null, null),
        };

        return from is null || to is null
            ? null
            : Ledger.Transfer.Of(intent.OrderId, transition.ToString().ToLowerInvariant(), from, to, intent.Amount!.Value, intent.Currency!, now);
    }
}
