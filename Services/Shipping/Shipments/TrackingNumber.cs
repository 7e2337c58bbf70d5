using System.Security.Cryptography;

namespace Shop.Shipping.Shipments;

/// <summary>16 characters of Crockford's base 32: 80 random bits, so that none comes twice and none can be guessed from another.</summary>
internal static class TrackingNumber
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string New() => RandomNumberGenerator.GetString(Alphabet, 16);
}
