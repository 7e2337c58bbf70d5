using System.Security.Cryptography;
using Shop.Gateway.Tests.Running;

namespace Shop.Gateway.Tests;

public sealed class EndpointAccessTests
{
    private const string Id = "0198c0de-0000-7000-8000-000000000001";
    private readonly RunningGateway _gateway;

    public EndpointAccessTests(RunningGateway gateway) => (_gateway = gateway).Services.Reset();

    public static TheoryData<string, string> ForMembers => new()
    {
        { "GET", "/api/v1/me" }, { "GET", "/api/v1/coupons" }, { "POST", $"/api/v1/coupons/{Id}/quote" }, { "GET", "/api/v1/basket" }, { "POST", $"/api/v1/products/{Id}/reviews" }, { "PUT", $"/api/v1/basket/items/{Id}" }, { "DELETE", $"/api/v1/basket/items/{Id}" }, { "GET", "/api/v1/notifications" }, { "POST", $"/api/v1/notifications/{Id}/read" }, { "POST", "/api/v1/notifications/read-all" }, { "POST", "/api/v1/orders" }, { "GET", "/api/v1/orders" }, { "GET", $"/api/v1/orders/{Id}" },
    };

    public static TheoryData<string, string> ForOperators => new()
    {
        { "POST", "/api/v1/ops/products" }, { "POST", "/api/v1/ops/products/import" }, { "PATCH", $"/api/v1/ops/products/{Id}" }, { "POST", $"/api/v1/ops/products/{Id}/discontinue" }, { "PUT", $"/api/v1/ops/stock/{Id}" },
        { "GET", $"/api/v1/ops/orders/{Id}" }, { "GET", "/api/v1/ops/missed-messages" }, { "GET", $"/api/v1/ops/dead-letters/{Id}" }, { "GET", "/api/v1/ops/sagas" }, { "GET", $"/api/v1/ops/sagas/{Id}" }, { "POST", $"/api/v1/ops/sagas/{Id}/retry" },
        { "POST", "/api/v1/ops/order-history/rebuild" }, { "GET", "/api/v1/ops/order-history/rebuild" }, { "DELETE", "/api/v1/ops/order-history/rebuild" },
    };

    [Theory, MemberData(nameof(ForMembers)), MemberData(nameof(ForOperators))]
    public async Task Strangers_are_turned_away_before_the_body_is_looked_at(string method, string path)
    {
        var broken = new StringContent("{{{{", null, "text/plain");

        var answer = await _gateway.SendAsync(new(method), path, method == "GET" ? null : broken);

        answer.IsProblem(401);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    [Theory, MemberData(nameof(ForOperators))]
    public async Task Members_are_no_operators(string method, string path)
    {
        var large = new ByteArrayContent(new byte[100_000]);

        var answer = await _gateway.SendAsync(new(method), path, method == "GET" ? null : large, _gateway.Tokens.Member());

        answer.IsProblem(403);
    }

    public static TheoryData<string> Forgeries => ["none", "hmac", "other key", "other kid", "expired", "audience", "issuer", "service", "no role", "garbage", "dots", "long"];

    [Theory, MemberData(nameof(Forgeries))]
    public async Task A_forged_token_is_none(string kind)
    {
        var answer = await _gateway.GetAsync("/api/v1/ops/sagas", Forge(kind));

        // Those that are real, but not for this, are known callers who may not.
        answer.IsProblem(kind is "service" or "no role" ? 403 : 401);
    }

    [Theory, MemberData(nameof(Forgeries))]
    public async Task Who_may_read_without_a_token_may_with_a_bad_one(string kind)
    {
        var answer = await _gateway.GetAsync("/api/v1/products", Forge(kind));

        Assert.Equal(System.Net.HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task A_token_counts_up_to_30_seconds_past_its_end()
    {
        var justOver = _gateway.Tokens.Make(Guid.CreateVersion7().ToString(), "member", "shop", expiresIn: TimeSpan.FromSeconds(-20));

        var answer = await _gateway.GetAsync("/api/v1/me", justOver);

        Assert.Equal(System.Net.HttpStatusCode.OK, answer.Status);
    }

    private string Forge(string kind)
    {
        var tokens = _gateway.Tokens;
        var id = Guid.CreateVersion7().ToString();
        switch (kind)
        {
            case "none": return tokens.WithoutSignature("operator");
            case "hmac": return tokens.SignedWithThePublicKey("operator");
            case "other key":
                using (var other = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                    return tokens.Make(id, "operator", "shop", key: other);
            case "other kid": return tokens.Make(id, "operator", "shop", kid: "../../etc/passwd");
            case "expired": return tokens.Make(id, "operator", "shop", expiresIn: TimeSpan.FromSeconds(-31));
            case "audience": return tokens.Make(id, "operator", "catalog");
            case "issuer": return tokens.Make(id, "operator", "shop", issuer: "https://elsewhere.test");
            case "service": return tokens.Service("ordering", "gateway");
            case "no role": return tokens.Make(id, "king", "shop");
            case "dots": return "..";
            case "long": return new string('a', 9000) + ".b.c";
            default: return "garbage";
        }
    }
}
