using Shop.Payments.Provider;

namespace Shop.Payments.Intents;

/// <summary>
/// An order's payment: its recorded state, and whether a release is still due. An order has one intent, so the order's id makes every command idempotent. The provider
/// is the source of truth; the intent records its state.
/// </summary>
internal sealed class Intent
{
    private bool _changed;

    private Intent() { }

    public Guid OrderId { get; private init; }

    /// <summary>Null, like amount and currency, in a tombstone: a release that arrived before any authorisation.</summary>
    public Guid? MemberId { get; private set; }

    /// <summary>Minor units of <see cref="Currency"/>.</summary>
    public long? Amount { get; private set; }

    /// <summary>ISO 4217.</summary>
    public string? Currency { get; private set; }

    /// <summary>The sum of the refunds, in minor units.</summary>
    public long Refunded { get; private set; }

    /// <summary>One of <see cref="IntentStatus"/>.</summary>
    public string Status { get; private set; } = IntentStatus.Pending;

    /// <summary>The provider's id of the charge, once known.</summary>
    public string? ChargeId { get; private set; }

    /// <summary>Why the provider refused: <c>payment_declined</c>, <c>insufficient_funds</c>.</summary>
    public string? Refusal { get; private set; }

    /// <summary>How many authorise commands were sent to the provider.</summary>
    public int AuthoriseAttempts { get; private set; }

    /// <summary>Set when a release is requested: from then on nothing is authorised or captured, even by commands that arrive late.</summary>
    public DateTimeOffset? ReleaseRequestedAt { get; private set; }

    /// <summary>When reconciliation is due. Null: no outcome is in doubt and no release is due.</summary>
    public DateTimeOffset? ReconcileAt { get; private set; }

    /// <summary>How many reconciliations have run since <see cref="ReconcileAt"/> was first set.</summary>
    public int ReconcileAttempts { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>PostgreSQL's xmin, for optimistic concurrency.</summary>
    public uint Version { get; private set; }

    /// <summary>Grows by one with each change of what others see of the payment: of two states the one with the higher revision is the newer.</summary>
    public int Revision { get; private set; }

    /// <summary>No event is due: the last one reports the current revision.</summary>
    public bool IsReported => !_changed;

    public bool IsReleased => ReleaseRequestedAt is not null;

    /// <summary>The provider's state may be ahead of the recorded one.</summary>
    public bool InDoubt => ReconcileAt is not null;

    /// <summary>Nothing is authorised, and whatever was captured has been refunded.</summary>
    public bool IsClosed => Status is IntentStatus.Voided or IntentStatus.Refunded or IntentStatus.Declined;

    public static Intent Open(Guid orderId, PaymentTerms terms, DateTimeOffset now)
    {
        var intent = new Intent { OrderId = orderId, CreatedAt = now, ChangedAt = now };
        intent.SetTerms(terms);
        return intent;
    }

    /// <summary>For an order without an authorisation: blocks every later one.</summary>
    public static Intent Tombstone(Guid orderId, DateTimeOffset now) => new() { OrderId = orderId, CreatedAt = now, ChangedAt = now, ReleaseRequestedAt = now };

    public bool Matches(PaymentTerms terms) => MemberId is null || (MemberId, Amount, Currency) == (terms.MemberId, terms.Amount, terms.Currency);

    /// <summary>Completes a tombstone with the terms of a command that arrived late.</summary>
    public void SetTerms(PaymentTerms terms)
    {
        (MemberId, Amount, Currency) = (terms.MemberId, terms.Amount, terms.Currency);
        Revise();
    }

    public void CountAuthorise()
    {
        AuthoriseAttempts++;
        Revise();
    }

    /// <summary>An event of the current revision is part of the same SaveChanges.</summary>
    public void MarkReported() => _changed = false;

    public void RequestRelease(DateTimeOffset now) => ReleaseRequestedAt ??= now;

    /// <summary>The provider has no charge for this order.</summary>
    public void CloseWithoutCharge(DateTimeOffset now)
    {
        if (Status == IntentStatus.Voided)
            return;

        (Status, ChangedAt) = (IntentStatus.Voided, now);
        Revise();
    }

    /// <summary>The provider refuses to capture the authorised amount.</summary>
    public void RefuseCapture(string reason, DateTimeOffset now)
    {
        (Refusal, ChangedAt) = (reason, now);
        Revise();
    }

    /// <summary>An outcome is in doubt, or a release is due.</summary>
    public void ScheduleReconcile(DateTimeOffset at) => ReconcileAt = at;

    public void ClearReconcile() => (ReconcileAt, ReconcileAttempts) = (null, 0);

    /// <summary>Applies the provider's state of the charge.</summary>
    /// <returns>The transitions that were not recorded yet, in order. Empty if the recorded state is as new or newer.</returns>
    /// <exception cref="InvalidOperationException">The charge has another amount or currency than the order.</exception>
    public IReadOnlyList<AppliedTransition> Apply(Charge charge, DateTimeOffset now)
    {
        if (!Agrees(charge))
            throw new InvalidOperationException($"Order {OrderId} has {Amount} {Currency}, but charge {charge.Id} has {charge.Amount} {charge.Currency}.");

        var recorded = Recorded();
        var history = PaymentHistory.Of(charge.State);
        if (!history.Take(recorded.Count).SequenceEqual(recorded))
            return [];   // an answer that is older than the recorded state

        ChargeId = charge.Id;
        Amount ??= charge.Amount;
        Currency ??= charge.Currency;
        var missing = history.Skip(recorded.Count).Select(transition => new AppliedTransition(transition, charge.Amount)).ToList();
        if (missing is [.., var last])
            Status = last.Transition.StatusAfter();
        if (charge.Refunded > Refunded)
        {
            missing.Add(new AppliedTransition(Transition.Refund, charge.Refunded - Refunded, charge.Refunded));
            Refunded = charge.Refunded;
            Status = charge.State == ChargeState.Refunded ? IntentStatus.Refunded : IntentStatus.Captured;
        }

        if (missing.Count == 0)
            return missing;

        Refusal = charge.Declined ?? Refusal;
        ChangedAt = now;
        Revise();
        return missing;
    }

    /// <summary>Whether the charge's state is recorded already.</summary>
    public bool HasRecorded(Charge charge)
    {
        var history = PaymentHistory.Of(charge.State);
        return Recorded().Take(history.Count).SequenceEqual(history) && charge.Refunded <= Refunded;
    }

    /// <summary>Whether the provider's movement is recorded already.</summary>
    public bool HasRecorded(Movement movement) => movement.Kind switch
    {
        MovementKind.Authorise => Recorded().Contains(Transition.Authorise),
        MovementKind.Capture => Recorded().Contains(Transition.Capture),
        MovementKind.Void => Recorded().Contains(Transition.Void),
        MovementKind.Refund => Refunded >= movement.Refunded,
        _ => true,
    };

    /// <summary>Whether the charge can be of this payment, by amount and currency.</summary>
    public bool Agrees(Charge charge) => Amount is null || (Amount, Currency) == (charge.Amount, charge.Currency);

    /// <summary>Whether the provider's movement can be of this payment, by amount and currency.</summary>
    public bool Agrees(Movement movement) => Amount is null
        || Currency == movement.Currency && (movement.Kind == MovementKind.Refund ? movement.Refunded <= Amount : movement.Amount == Amount);

    private void Revise()
    {
        Revision++;
        _changed = true;
    }

    // A tombstone is "voided" without a charge: every transition of a charge that is found later is new.
    private IReadOnlyList<Transition> Recorded() => ChargeId is null ? [] : PaymentHistory.Of(Status);
}
