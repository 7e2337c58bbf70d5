using System.Security.Cryptography;
using System.Text;

namespace Shop.Payments.Webhooks;

/// <summary>
/// <c>t=…,v1=hex(HMAC-SHA256(secret, t + "." + body))</c>, t in Unix seconds. Several <c>v1</c> are fine: that is how a provider changes its secret.
/// </summary>
internal static class WebhookSignature
{
    public static bool IsGood(string header, ReadOnlySpan<byte> body, string secret, DateTimeOffset now, TimeSpan tolerance)
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

        if (!long.TryParse(time, out var seconds) || Math.Abs((decimal)now.ToUnixTimeSeconds() - seconds) > (decimal)tolerance.TotalSeconds)
            return false;

        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        mac.AppendData(Encoding.UTF8.GetBytes($"{time}."));
        mac.AppendData(body);
        var expected = mac.GetHashAndReset();
        return signatures.Any(signature => Matches(signature, expected));
    }

    // Constant time: how much of a guess was right must not show.
    private static bool Matches(string hex, byte[] expected)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return hex.Length == 2 * HMACSHA256.HashSizeInBytes
            && Convert.FromHexString(hex, given, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given, expected);
    }
}
