using System.Security.Cryptography;
using System.Text;

namespace Shop.PaymentProvider.Webhooks;

/// <summary><c>Signature: t=…,v1=hex(HMAC-SHA256(secret, t + "." + body))</c>, t in Unix seconds: it authenticates body and time.</summary>
internal static class WebhookSignature
{
    public const string Header = "Signature";

    public static string Of(string secret, DateTimeOffset at, string body)
    {
        var t = at.ToUnixTimeSeconds();
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{t}.{body}"));
        return $"t={t},v1={Convert.ToHexStringLower(mac)}";
    }
}
