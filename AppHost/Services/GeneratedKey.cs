using System.Security.Cryptography;
using Aspire.Hosting.Publishing;

namespace Shop.AppHost.Services;

/// <summary>256 random bits in base64: a key for HMAC or AES.</summary>
internal sealed class GeneratedKey : ParameterDefault
{
    private const int Bytes = 32;

    public override string GetDefaultValue() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));

    public override void WriteToManifest(ManifestPublishingContext context)
    {
        context.Writer.WriteStartObject("generate");
        context.Writer.WriteNumber("minLength", Bytes);
        context.Writer.WriteEndObject();
    }
}
