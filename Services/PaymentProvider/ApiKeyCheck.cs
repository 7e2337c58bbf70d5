using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.PaymentProvider;

/// <summary>Checks the API key of calls to charges. Hashes are compared in constant time, so that the duration reveals nothing about the key.</summary>
internal sealed class ApiKeyCheck(RequestDelegate next, IOptions<ProviderOptions> options)
{
    private const string Scheme = "Bearer ";
    private readonly byte[] _expected = SHA256.HashData(Encoding.UTF8.GetBytes(options.Value.ApiKey));

    public Task InvokeAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var given = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : "";
        if (CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), _expected))
            return next(context);

        context.Response.Headers.WWWAuthenticate = "Bearer";
        throw new UnauthenticatedException("This needs the API key as a bearer token.");
    }
}
