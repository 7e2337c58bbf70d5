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
        foreach (var applied in intent.Apply(charge, now))
        {
            if (Transfer(intent, applied, now) is { } transfer)
                db.Transfers.Add(transfer);
            Publish(intent, applied, now);
        }
    }

    /// <summary>The provider refused the capture; the authorisation remains.</summary>
    public void RefuseCapture(Intent intent, string reason)
    {
        if (intent.Refusal is not null)
            return;

        var now = clock.GetUtcNow();
        intent.RefuseCapture(reason, now);
        Publish(intent, new AppliedTransition(Transition.Decline, intent.Amount!.Value), now);
    }

    private void Publish(Intent intent, AppliedTransition applied, DateTimeOffset now)
    {
        // A tombstone's charge has no known member, and no event of it was ever published.
        if (intent.MemberId is null)
            return;

        db.Publish(intent.EventOf(applied, now));
        intent.MarkReported();
    }

    private static Transfer? Transfer(Intent intent, AppliedTransition applied, DateTimeOffset now)
    {
        var (from, to) = applied.Transition switch
        {
            Transition.Authorise => (Accounts.Members, Accounts.Held),
            Transition.Capture => (Accounts.Held, Accounts.Taken),
            Transition.Void => (Accounts.Held, Accounts.Members),
            Transition.Refund => (Accounts.Taken, Accounts.Members),
            _ => (null, null),
        };

        return from is null || to is null
            ? null
            : Ledger.Transfer.Of(
                intent.OrderId, applied.Transition.ToString().ToLowerInvariant(), applied.Refunded, from, to, applied.Amount, intent.Currency!, now);
    }
}
