
namespace Shop.Payments.Ledger;

/// <summary>
/// A transfer of money between two accounts: two postings that sum to zero. Immutable: the database enforces it (append-only triggers, and a deferred check of the sum).
/// A mistake is corrected by another transfer.
/// </summary>
internal sealed class Transfer
{
    private readonly List<Posting> _postings = [];

    private Transfer() { }

    public Guid Id { get; private init; }

    public Guid OrderId { get; private init; }

    /// <summary>authorise, capture, void: each at most once per order. refund: at most once per <see cref="Refunded"/>. By a unique index.</summary>
    public string Kind { get; private init; } = "";

    /// <summary>Of a refund: the sum of the order's refunds, this one included, in minor units. Otherwise 0. Never more than was captured: the database checks it.</summary>
    public long Refunded { get; private init; }

    public DateTimeOffset At { get; private init; }

    public IReadOnlyList<Posting> Postings => _postings;

    /// <param name="refunded">Minor units: see <see cref="Refunded"/>.</param>
    /// <param name="amount">Minor units, more than 0.</param>
    public static Transfer Of(Guid orderId, string kind, long refunded, string from, string to, long amount, string currency, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        var transfer = new Transfer { Id = Guid.CreateVersion7(now), OrderId = orderId, Kind = kind, Refunded = refunded, At = now };
        transfer._postings.Add(new Posting { Account = from, Amount = -amount, Currency = currency });
        transfer._postings.Add(new Posting { Account = to, Amount = amount, Currency = currency });
        return transfer;
    }
}

/// <summary>One side of a <see cref="Transfer"/>: a credit (more than 0) or a debit (less than 0) of an account.</summary>
internal sealed class Posting
{
    public required string Account { get; init; }

    /// <summary>Minor units of <see cref="Currency"/>.</summary>
    public required long Amount { get; init; }

    public required string Currency { get; init; }
}
