using Microsoft.IdentityModel.Tokens;

namespace Shop.ServiceDefaults.Access;

/// <summary>The public keys that tokens are checked with. Members implements it with its own keys; all other services fetch them from Members. Thread-safe.</summary>
public interface ITokenKeys
{
    /// <summary>The accepted keys, each with its <see cref="SecurityKey.KeyId"/>.</summary>
    IReadOnlyList<SecurityKey> Known { get; }

    /// <summary>Fetches a key if it is not known yet.</summary>
    /// <returns>False if no keys are available at all: then no token can be checked.</returns>
    ValueTask<bool> EnsureAsync(string? keyId, CancellationToken cancel);
}
