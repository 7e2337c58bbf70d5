namespace Shop.ServiceDefaults;

/// <summary>Parts of the defaults that a process can turn off.</summary>
public sealed class ServiceDefaultsOptions
{
    /// <summary>
    /// Whether the shop's tokens are checked, and every endpoint needs an access rule. The simulated payment provider turns it off, a third party with its own API
    /// keys, and web programs do, whose browsers have sessions: tokens are checked where they are sent on to.
    /// </summary>
    public bool ChecksTokens { get; set; } = true;
}
