using Shop.Gateway.Tests.Running;

namespace Shop.Gateway.Tests;

public sealed class LogPrivacyTests
{
    private readonly RunningGateway _gateway;

    public LogPrivacyTests(RunningGateway gateway) => (_gateway = gateway).Services.Reset();

    [Fact]
    public async Task Neither_passwords_nor_tokens_nor_signatures_are_logged_at_any_level()
    {
        const string Password = "the-secret-password", Refresh = "the-secret-refresh-token", Payment = "tok_the-secret-card", Signature = "t=1,v1=the-secret-signature";
        var (token, forged) = (_gateway.Tokens.Member(), _gateway.Tokens.Member()[..^20] + "forgedforgedforged00");
        _gateway.Log.IsListening = true;

        await _gateway.PostAsync("/api/v1/members", $$"""{ "email": "a@b.kr", "password": "{{Password}}", "name": "n", "language": "en" }""", token);
        await _gateway.PostAsync("/api/v1/sessions", $$"""{ "email": "a@b.kr", "password": "{{Password}}" }""");
        await _gateway.PostAsync("/api/v1/sessions", $$"""{ "email": "a@b.kr", "password": {{Password}} }""");
        await _gateway.PostAsync("/api/v1/sessions", $$"""{ "password": ["{{Password}}"], "email": 1 }""");
        await _gateway.PostAsync("/api/v1/sessions/refresh", $$"""{ "refreshToken": "{{Refresh}}" }""");
        await _gateway.GetAsync("/api/v1/me", token);
        await _gateway.GetAsync("/api/v1/me", forged);
        await _gateway.PostAsync("/api/v1/orders", $$"""{ "paymentToken": "{{Payment}}" }""", token, [("Idempotency-Key", "k")]);
        await _gateway.SendAsync(HttpMethod.Post, "/webhooks/payments", new ByteArrayContent([1]), null, [("Signature", Signature)]);
        _gateway.Log.IsListening = false;
        var log = _gateway.Log.Text;

        // It did listen.
        Assert.Contains("/api/v1/sessions/refresh", log, StringComparison.Ordinal);
        string[] secrets = [Password, Refresh, Payment, Signature, token.Split('.')[2], forged.Split('.')[2], "the gateway's own secret"];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, log, StringComparison.Ordinal));
    }
}
