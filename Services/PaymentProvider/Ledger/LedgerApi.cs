namespace Shop.PaymentProvider.Ledger;

internal static class LedgerApi
{
    /// <summary>Without a key, for checks from outside; so it is never mapped in production.</summary>
    public static void MapLedger(this WebApplication app) => app.MapGet("/v1/ledger", ListLedger.HandleAsync);
}
