using Microsoft.IdentityModel.Tokens;

namespace Shop.ServiceDefaults;

/// <summary>The public keys that tokens are checked with. Members, which owns them, hands in its own; all others ask it.</summary>
public interface ITokenKeys
{
    /// <summary>The keys that count now, each with its <see cref="SecurityKey.KeyId"/>.</summary>
    IReadOnlyList<SecurityKey> Known { get; }

    /// <summary>Makes a key known if it exists.</summary>
    /// <returns>False where no keys can be had at all: then nothing can be said about a token.</returns>
    ValueTask<bool> EnsureAsync(string? keyId, CancellationToken cancel);
}
