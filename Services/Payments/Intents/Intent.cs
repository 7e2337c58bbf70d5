using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Payments.Provider;

namespace Shop.Payments.Intents;

/// <summary>
/// An order's payment: what we know of its money, and what we still owe to it. An order has one, so its id makes every command idempotent. The provider decides
/// what happened; the intent only follows.
/// </summary>
public sealed class Intent
{
    private Intent() { }

    public Guid OrderId { get; private init; }

    /// <summary>Null, as amount and currency are: a tombstone, left by a release for an order that nobody had asked to pay yet.</summary>
    public Guid? MemberId { get; private set; }

    /// <summary>Minor units of <see cref="Currency"/>.</summary>
    public long? Amount { get; private set; }

    /// <summary>ISO 4217.</summary>
    public string? Currency { get; private set; }

    /// <summary>One of <see cref="IntentStatus"/>.</summary>
    public string Status { get; private set; } = IntentStatus.Pending;

    /// <summary>The provider's id for it, once known.</summary>
    public string? ChargeId { get; private set; }

    /// <summary>Why the provider said no: <c>payment_declined</c>, <c>insufficient_funds</c>.</summary>
    public string? Refusal { get; private set; }

    /// <summary>How often the provider was asked to authorise.</summary>
    public int AuthoriseAttempts { get; private set; }

    /// <summary>Set once the money is to go back: from then on nothing is authorised or captured, whatever arrives late.</summary>
    public DateTimeOffset? ReleaseRequestedAt { get; private set; }

    /// <summary>When reconciliation is to look at the provider. Null: nothing is unknown and nothing is owed.</summary>
    public DateTimeOffset? ReconcileAt { get; private set; }

    /// <summary>How often it has looked since <see cref="ReconcileAt"/> was first set.</summary>
    public int ReconcileAttempts { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>PostgreSQL's xmin: two writers of one intent cannot both win.</summary>
    public uint Version { get; private set; }

    public bool IsReleased => ReleaseRequestedAt is not null;

    /// <summary>The provider may know more than we do.</summary>
    public bool InDoubt => ReconcileAt is not null;

    /// <summary>Nothing is held and nothing was taken that is not given back.</summary>
    public bool IsClosed => Status is IntentStatus.Voided or IntentStatus.Refunded or IntentStatus.Declined;

    public static Intent Open(Guid orderId, PaymentTerms terms, DateTimeOffset now)
    {
        var intent = new Intent { OrderId = orderId, CreatedAt = now, ChangedAt = now };
        intent.Learn(terms);
        return intent;
    }

    /// <summary>For an order that nobody has asked to pay: remembers that it must never be paid.</summary>
    public static Intent Tombstone(Guid orderId, DateTimeOffset now) => new() { OrderId = orderId, CreatedAt = now, ChangedAt = now, ReleaseRequestedAt = now };

    public bool Agrees(PaymentTerms terms) => MemberId is null || (MemberId, Amount, Currency) == (terms.MemberId, terms.Amount, terms.Currency);

    /// <summary>A tombstone hears from a late command what it was about.</summary>
    public void Learn(PaymentTerms terms) => (MemberId, Amount, Currency) = (terms.MemberId, terms.Amount, terms.Currency);

    public void CountAuthorise() => AuthoriseAttempts++;

    /// <summary>The money is to go back.</summary>
    public void RequestRelease(DateTimeOffset now) => ReleaseRequestedAt ??= now;

    /// <summary>There is nothing at the provider that could go back.</summary>
    public void CloseEmpty(DateTimeOffset now) => (Status, ChangedAt) = (IntentStatus.Voided, now);

    /// <summary>The provider refuses to capture what it holds.</summary>
    public void RefuseCapture(string reason, DateTimeOffset now) => (Refusal, ChangedAt) = (reason, now);

    /// <summary>Something is unknown or owed: reconciliation shall look in a while.</summary>
    public void ScheduleReconcile(DateTimeOffset at) => ReconcileAt = at;

    public void ClearReconcile() => (ReconcileAt, ReconcileAttempts) = (null, 0);

    /// <summary>Brings the intent up to what the provider says, and returns what we had missed, in order. Nothing, when we know as much or more.</summary>
    public IReadOnlyList<Transition> Apply(Charge charge, DateTimeOffset now)
    {
        if (Amount is not null && (Amount != charge.Amount || Currency != charge.Currency))
            throw new InvalidOperationException($"Order {OrderId} is about {Amount} {Currency}, but charge {charge.Id} about {charge.Amount} {charge.Currency}.");

        var known = Known();
        var told = PaymentHistory.Of(charge.State);
        if (!told.Take(known.Count).SequenceEqual(known))
            return [];   // an old answer, overtaken by what we have learnt since

        var missed = told.Skip(known.Count).ToList();
        ChargeId = charge.Id;
        Amount ??= charge.Amount;
        Currency ??= charge.Currency;
        if (missed.Count == 0)
            return missed;

        Status = missed[^1].StatusAfter();
        Refusal = charge.Declined ?? Refusal;
        ChangedAt = now;
        return missed;
    }

    /// <summary>Whether this tells nothing that our books do not have.</summary>
    public bool Knows(Charge charge) => Known().Take(PaymentHistory.Of(charge.State).Count).SequenceEqual(PaymentHistory.Of(charge.State));

    // A tombstone is "voided" without a charge: all that is behind a charge which turns up later is news.
    private IReadOnlyList<Transition> Known() => ChargeId is null ? [] : PaymentHistory.Of(Status);
}

internal sealed class IntentMapping : IEntityTypeConfiguration<Intent>
{
    public void Configure(EntityTypeBuilder<Intent> intent)
    {
        intent.HasKey(i => i.OrderId);
        // Only what is unknown or owed: nearly always empty.
        intent.HasIndex(i => i.ReconcileAt).HasFilter("reconcile_at is not null");

        intent.Property(i => i.OrderId).ValueGeneratedNever();
        intent.Property(i => i.Currency).HasMaxLength(3);
        intent.Property(i => i.Status).HasMaxLength(20);
        intent.Property(i => i.ChargeId).HasMaxLength(100);
        intent.Property(i => i.Refusal).HasMaxLength(40);
        intent.Property(i => i.Version).IsRowVersion();
        intent.Ignore(i => i.IsReleased).Ignore(i => i.InDoubt).Ignore(i => i.IsClosed);
    }
}
