namespace Shop.PaymentProvider.Faults;

internal static class FaultApi
{
    /// <summary>Without a key, for demonstrations and tests; so it is never mapped in production.</summary>
    public static void MapFaults(this WebApplication app) => app.MapPut("/v1/faults", (FaultSettings settings, CurrentFaults faults) =>
    {
        settings.Check();
        faults.Settings = settings;
        return settings;
    });
}
