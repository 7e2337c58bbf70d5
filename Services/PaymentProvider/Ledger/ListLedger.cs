using Microsoft.EntityFrameworkCore;
using Shop.PaymentProvider.Charges;
using Shop.PaymentProvider.Database;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Validation;

namespace Shop.PaymentProvider.Ledger;

/// <summary>A charge that was authorised, in minor units of its currency.</summary>
internal sealed record LedgerEntry(
    string ChargeId, string IdempotencyKey, string Token, string Currency, long Authorised, long Captured, long Refunded, bool Voided, DateTimeOffset At);

internal sealed record LedgerPage(IReadOnlyList<LedgerEntry> Items, string? NextPageToken);

/// <summary>All charges that were authorised, oldest first. Declined ones are left out.</summary>
internal static class ListLedger
{
    private const int DefaultSize = 100;
    private const int MaxSize = 1_000;

    public static async Task<LedgerPage> HandleAsync(int? pageSize, string? pageToken, ProviderDb db, CancellationToken cancel)
    {
        var size = pageSize ?? DefaultSize;
        var check = new Check();
        check.That(size is >= 1 and <= MaxSize, "pageSize", $"must be from 1 to {MaxSize}");
        check.That(string.IsNullOrEmpty(pageToken) || IsChargeId(pageToken), "pageToken", "was not issued here");
        check.ThrowIfAny();

        // The token is the last id of the previous page: ids grow with time.
        var after = pageToken ?? "";
        var charges = await db.Charges.AsNoTracking()
            .Where(charge => charge.Authorised > 0 && string.Compare(charge.Id, after) > 0)
            .OrderBy(charge => charge.Id)
            .Take(size + 1)
            .ToListAsync(cancel);

        return new LedgerPage([.. charges.Take(size).Select(Entry)], charges.Count > size ? charges[size - 1].Id : null);
    }

    private static bool IsChargeId(string text) => text.StartsWith("ch_", StringComparison.Ordinal) && Guid.TryParseExact(text[3..], "N", out _);

    private static LedgerEntry Entry(Charge charge) => new(
        charge.Id, charge.IdempotencyKey, charge.Token, charge.Currency, charge.Authorised, charge.Captured, charge.Refunded, charge.Voided, charge.CreatedAt);
}
