namespace Shop.ServiceDefaults;

/// <summary>Parts of the defaults that a process can turn off.</summary>
public sealed class ServiceDefaultsOptions
{
    /// <summary>
    /// Whether the shop's tokens are checked, and every endpoint needs an access rule. Only the simulated payment provider turns it off: it is a third party with its own
    /// API keys.
    /// </summary>
    public bool ChecksTokens { get; set; } = true;
}
