using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace Shop.SystemTests;

/// <summary>Bad input to every endpoint of the whole shop: it is refused, and the databases are unchanged.</summary>
public sealed class BadInputTests(RunningShop shop)
{
    private static readonly string[] Bodies =
    [
        "", "{", "null", "[]", "\"x\"", "{} {}", "1e999", new string('[', 20_000), "{\"a\":" + new string('[', 5_000) + new string(']', 5_000) + "}",
        "{\"email\":\"\\u0000\",\"password\":\"\\ud800\",\"name\":\"\\udc00\",\"language\":1,\"refreshToken\":\"\\u0000\",\"items\":[{\"productId\":\"\\ud800\",\"quantity\":1e400}],\"onHand\":-1,\"price\":{\"amount\":9e99}}",
        "{\"email\":[],\"password\":{},\"name\":[[[]]],\"language\":null,\"refreshToken\":0,\"items\":{},\"onHand\":99999999999999999999,\"price\":[],\"description\":true}",
        "{\"email\":\"a@b\",\"email\":1,\"onHand\":\"5\",\"onHand\":null,\"refreshToken\":\"x\",\"refreshToken\":[],\"price\":{\"amount\":1},\"price\":{\"amount\":0,\"currency\":\"\\ud800\"},\"items\":[]}",
        "{\"a\":\"" + new string('a', 1_000_000) + "\"}",
    ];

    [Fact]
    public async Task It_is_refused_and_nothing_is_stored()
    {
        var product = await shop.ProductWithStockAsync(1);
        var (member, @operator) = (await shop.SignUpAsync(), await shop.OperatorAsync());
        (string Method, string Path, string? Token)[] writes =
        [
            ("POST", "/api/v1/members", null), ("POST", "/api/v1/sessions", null), ("POST", "/api/v1/sessions/refresh", null), ("POST", "/api/v1/orders", member.AccessToken),
            ("POST", "/api/v1/ops/products", @operator.AccessToken), ("PATCH", $"/api/v1/ops/products/{product.Id}", @operator.AccessToken),
            ("PUT", $"/api/v1/ops/stock/{product.Id}", @operator.AccessToken), ("POST", "/webhooks/payments", null),
        ];
        var before = await RowsAsync();

        foreach (var (method, path, token) in writes)
        {
            foreach (var body in Bodies)
                await RefusedAsync(new(method), path, token, body);
            // Nobody's token, somebody else's, and one that is none.
            if (token is not null)
                await RefusedAsync(new(method), path, token[..^4] + "AAAA", "{}");
        }

        Assert.Equal(before, await RowsAsync());
    }

    [Theory]
    [InlineData("/api/v1/products/%00", 400)]
    [InlineData("/api/v1/products/%ff", 404)]
    [InlineData("/api/v1/products/..%2f..%2fhealth", 404)]
    [InlineData("/images/..%2f..%2f..%2fetc%2fpasswd", 404)]
    [InlineData("/images/%ff.svg", 404)]
    [InlineData("/images/%252e%252e/health", 404)]
    [InlineData("/api/v1/products/+1900000-0000-7000-8000-000000000000", 404)]
    [InlineData("/nothing", 404)]
    [InlineData("/api/v1/products?pageToken=AAAA", 400)]
    [InlineData("/api/v1/products?pageSize=99999999999", 400)]
    [InlineData("/api/v1/products?query=%00", 400)]
    public async Task A_strange_address_is_a_problem(string path, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(shop.Gateway.BaseAddress + path.TrimStart('/'), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

        using var answer = await shop.Gateway.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
        await IsProblemAsync(answer);
    }

    [Fact]
    public async Task Names_of_all_kinds_are_kept_as_they_were_given()
    {
        const string name = "  👩‍👩‍👧 שלום مرحبا \u202e김하나 Ǆ ﬀ é ";
        var email = $"{Guid.CreateVersion7():N}@example.com";
        using var signUp = await shop.Gateway.PostAsync("/api/v1/members", Json(JsonSerializer.Serialize(new { email, password = "비밀번호는 길다 👍", name, language = "en" })));
        Assert.True(signUp.IsSuccessStatusCode, await signUp.Content.ReadAsStringAsync());

        var member = await shop.SignInAsync(email, "비밀번호는 길다 👍");

        Assert.Equal(name, (await member.GetAsync("/api/v1/me")).GetProperty("name").GetString());
    }

    private async Task RefusedAsync(HttpMethod method, string path, string? token, string body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = Json(body) };
        request.Headers.Add("Idempotency-Key", "k");
        request.Headers.Add("Signature", "t=1,v1=x");
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

        using var answer = await shop.Gateway.SendAsync(request);

        Assert.True((int)answer.StatusCode is >= 400 and < 500, $"{method} {path} answers {(int)answer.StatusCode} to {body[..Math.Min(100, body.Length)]}");
        await IsProblemAsync(answer);
    }

    private static async Task IsProblemAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(JsonDocument.Parse(text).RootElement.GetProperty("traceId").GetString()!);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    /// <summary>The row counts of the tables that these calls write on success. Pending orders of other tests do not change them.</summary>
    private async Task<List<string>> RowsAsync()
    {
        var rows = new List<string>();
        foreach (var (service, table) in new[]
        {
            ("members", "accounts"), ("members", "messaging.outbox"), ("catalog", "products"), ("catalog", "search_documents"), ("catalog", "messaging.outbox"),
            ("inventory", "stock"), ("ordering", "orders"), ("ordering", "answered_requests"), ("ordering", "sagas.saga"),
        })
        {
            await using var source = NpgsqlDataSource.Create(shop.Info.DatabaseOf(service));
            await using var count = source.CreateCommand($"select count(*) from {table}");
            rows.Add($"{service} {table} {await count.ExecuteScalarAsync()}");
        }

        return rows;
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
