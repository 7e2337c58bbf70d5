using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Shop.Payments.Tests.Running;

/// <summary>Stubs of what the two processes call: a token issuer with its key set, and a webhook receiver.</summary>
public sealed class StubServices : IAsyncDisposable
{
    public const string Issuer = "https://members.test";

    private readonly ECDsaSecurityKey _key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "test" };
    private readonly WebApplication _app;

    public StubServices()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapGet("/jwks", () => Results.Text(Jwks(), "application/json"));
        _app.MapPost("/webhooks", ReceiveAsync);
    }

    public string JwksAddress => $"{_app.Urls.First()}/jwks";

    public string WebhookAddress => $"{_app.Urls.First()}/webhooks";

    /// <summary>The received webhooks, in order.</summary>
    public ConcurrentQueue<Delivery> Deliveries { get; } = new();

    /// <summary>The HTTP status of the answer to a delivery.</summary>
    public Func<Delivery, int> Answer { get; set; } = _ => StatusCodes.Status204NoContent;

    public Task StartAsync() => _app.StartAsync();

    public string MemberToken(Guid memberId) => Issue(memberId.ToString(), "member", "shop");

    public string OperatorToken() => Issue(Guid.CreateVersion7().ToString(), "operator", "shop");

    public string ServiceToken(string service) => Issue(service, "service", "payments");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var delivery = new Delivery(body.ToArray(), request.Headers["Signature"].ToString());
        Deliveries.Enqueue(delivery);
        return Results.StatusCode(Answer(delivery));
    }

    private string Issue(string subject, string role, string audience)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = audience,
            NotBefore = now.AddMinutes(-1),
            Expires = now.AddHours(1),
            Claims = new Dictionary<string, object> { ["sub"] = subject, ["role"] = role },
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.EcdsaSha256),
        });
    }

    private string Jwks()
    {
        var point = _key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        return $$"""{"keys":[{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"test","x":"{{Base64UrlEncoder.Encode(point.X)}}","y":"{{Base64UrlEncoder.Encode(point.Y)}}"}]}""";
    }
}

public sealed record Delivery(byte[] Body, string Signature);
