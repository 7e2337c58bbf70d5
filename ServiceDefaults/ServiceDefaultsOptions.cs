namespace Shop.ServiceDefaults;

/// <summary>What a process can leave out of the defaults.</summary>
public sealed class ServiceDefaultsOptions
{
    /// <summary>
    /// Whether the shop's tokens are checked and every endpoint must say who may call it.
    /// Only the simulated payment provider turns this off: it is a third party with API keys of its own.
    /// </summary>
    public bool ChecksTokens { get; set; } = true;
}
