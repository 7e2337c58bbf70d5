using System.Security.Cryptography;
using System.Text;

namespace Shop.Payments.Webhooks;

/// <summary>
/// <c>t=…,v1=hex(HMAC-SHA256(secret, t + "." + body))</c>, t in Unix seconds. There can be several <c>v1</c>, while the provider changes its secret.
/// </summary>
internal static class WebhookSignature
{
    /// <returns>When it was signed; null if the signature does not match secret and body.</returns>
    public static DateTimeOffset? TimeOf(string header, ReadOnlySpan<byte> body, string secret)
    {
        string? time = null;
        var signatures = new List<string>();
        foreach (var part in header.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.StartsWith("t=", StringComparison.Ordinal))
                time ??= part[2..];
            else if (part.StartsWith("v1=", StringComparison.Ordinal))
                signatures.Add(part[3..]);
        }

        if (!long.TryParse(time, out var seconds) || seconds < DateTimeOffset.MinValue.ToUnixTimeSeconds() || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            return null;

        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        mac.AppendData(Encoding.UTF8.GetBytes($"{time}."));
        mac.AppendData(body);
        var expected = mac.GetHashAndReset();
        return signatures.Any(signature => Matches(signature, expected)) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
    }

    // Constant time, so that the duration does not reveal how much of a guess was right.
    private static bool Matches(string hex, byte[] expected)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return hex.Length == 2 * HMACSHA256.HashSizeInBytes
            && Convert.FromHexString(hex, given, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given, expected);
    }
}
