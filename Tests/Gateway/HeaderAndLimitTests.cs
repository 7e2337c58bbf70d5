using System.Net;
using System.Text;
using Shop.Gateway.Tests.Running;

namespace Shop.Gateway.Tests;

public sealed class HeaderAndLimitTests
{
    private readonly RunningGateway _gateway;

    public HeaderAndLimitTests(RunningGateway gateway) => (_gateway = gateway).Services.Reset();

    [Theory]
    [InlineData("/api/v1/products")]
    [InlineData("/api/v1/me")]
    [InlineData("/nothing")]
    [InlineData("/images/products/1.svg")]
    public async Task Every_answer_is_careful(string path)
    {
        var answer = await _gateway.GetAsync(path, null, ("Origin", "https://elsewhere.test"));

        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Contains("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.NotNull(answer.Headers.CacheControl);
        Assert.Empty(answer.Headers.Server);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_compressed_body_is_no_JSON()
    {
        using var body = new StringContent("{}", Encoding.UTF8, "application/json");
        body.Headers.ContentEncoding.Add("gzip");

        var answer = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/sessions", body);

        answer.IsProblem(415);
    }

    [Fact]
    public async Task A_member_may_ask_600_times_a_minute()
    {
        var member = _gateway.Tokens.Member();
        var answers = new List<Answer>();

        for (var i = 0; i < 60; i++)
            answers.AddRange(await Task.WhenAll(Enumerable.Range(0, 11).Select(_ => _gateway.GetAsync("/api/v1/me", member))));

        // A window may have ended in between.
        Assert.InRange(answers.Count(answer => answer.Status == HttpStatusCode.OK), 600, 659);
        var refused = answers.First(answer => answer.Status != HttpStatusCode.OK);
        refused.IsProblem(429);
        Assert.InRange(refused.Headers.RetryAfter?.Delta ?? default, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));

        Assert.Equal(HttpStatusCode.OK, (await _gateway.GetAsync("/api/v1/me", _gateway.Tokens.Member())).Status);
        Assert.Equal(HttpStatusCode.OK, (await _gateway.GetAsync("/api/v1/products")).Status);
    }
}
