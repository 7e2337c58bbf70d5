namespace Shop.ServiceDefaults.Health;

internal static class HealthRules
{
    public const string ReadyPath = "/health";
    public const string AlivePath = "/alive";

    /// <summary>Checks with this tag also count for "alive": a process that fails them is to be started again.</summary>
    public const string LiveTag = "live";

    /// <summary>What takes longer has failed.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>Who asks again within this gets the same answer.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(1);
}
