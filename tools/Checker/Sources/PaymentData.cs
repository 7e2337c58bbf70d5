namespace Shop.Checker.Sources;

/// <summary>Payments' database: the shop's own state of the payments.</summary>
public sealed record PaymentData(IReadOnlyDictionary<Guid, Intent> Intents, IReadOnlyList<Posting> Postings)
{
    public static async Task<PaymentData> ReadAsync(string database, CancellationToken cancel)
    {
        var intents = await Rows.ReadAsync(database, "select order_id, status, charge_id, release_requested_at is not null, refunded, member_id is null from intents",
            row => new Intent(row.GetGuid(0), row.GetString(1), row.Text(2), row.GetBoolean(3), row.GetInt64(4), row.GetBoolean(5)), cancel);
        var postings = await Rows.ReadAsync(database, "select t.order_id, t.kind, p.account, p.amount, p.currency from postings p join transfers t on t.id = p.transfer_id",
            row => new Posting(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetString(4)), cancel);
        return new(intents.ToDictionary(intent => intent.OrderId), postings);
    }
}

/// <param name="Status">pending, authorised, captured, voided, refunded or declined.</param>
/// <param name="IsReleased">A release was requested.</param>
/// <param name="Refunded">The sum of the refunds, in minor units.</param>
/// <param name="IsTombstone">A release came before any authorisation: no payment. A charge that was made nevertheless is found, and voided unless it was declined; no event reports it.</param>
public sealed record Intent(Guid OrderId, string Status, string? ChargeId, bool IsReleased, long Refunded, bool IsTombstone)
{
    /// <summary>What was refunded of an order that goes on: a part. All of it is refunded only when the order is cancelled.</summary>
    public long PartlyRefunded => Status == "captured" ? Refunded : 0;

    public bool IsReleaseDue => IsReleased && Status is not ("voided" or "refunded" or "declined");
}

/// <param name="Account">members, held or taken.</param>
public sealed record Posting(Guid OrderId, string Transfer, string Account, long Amount, string Currency);
