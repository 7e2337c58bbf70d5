using Microsoft.EntityFrameworkCore;
using Shop.PaymentProvider.Database;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.PaymentProvider.Charges;

/// <summary>The charge that the key created: at most one.</summary>
internal sealed record FoundCharges(IReadOnlyList<ChargeView> Items);

/// <summary>Queries of charges, for callers whose answer was lost.</summary>
internal sealed class FindCharges(ProviderDb db)
{
    public async Task<FoundCharges> ByKeyAsync(string? idempotencyKey, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(idempotencyKey))
            throw new InvalidException("idempotencyKey", "is required");

        var charge = await db.Charges.AsNoTracking().SingleOrDefaultAsync(charge => charge.IdempotencyKey == idempotencyKey, cancel);
        return new FoundCharges(charge is null ? [] : [ChargeView.Of(charge)]);
    }

    public async Task<ChargeView> ByIdAsync(string id, CancellationToken cancel)
    {
        var charge = await db.Charges.AsNoTracking().SingleOrDefaultAsync(charge => charge.Id == id, cancel);
        return charge is null ? throw new NotFoundException("No such charge.") : ChargeView.Of(charge);
    }
}
