using System.Net;
using System.Net.Http.Json;
using Shop.PaymentProvider.Charges;
using Shop.Payments.Tests.Running;

namespace Shop.Payments.Tests.Provider;

public sealed class ChargeTests(RunningPayments running)
{
    private ProviderProcess Provider => running.Provider;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_charge_is_authorised_captured_and_refunded()
    {
        using var created = await Provider.CreateAsync("tok_ok");
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var charge = await created.ReadAsync<ChargeView>();
        Assert.Equal(("authorized", 1000, 0), (charge.Status, charge.Authorised, charge.Captured));

        var captured = await (await Provider.DoAsync(charge, "capture")).ReadAsync<ChargeView>();
        Assert.Equal(("captured", 1000), (captured.Status, captured.Captured));

        var part = await (await Provider.DoAsync(charge, "refunds", body: new { amount = 300 })).ReadAsync<ChargeView>();
        Assert.Equal(("partially_refunded", 300), (part.Status, part.Refunded));

        var rest = await (await Provider.DoAsync(charge, "refunds", body: new { amount = 700 })).ReadAsync<ChargeView>();
        Assert.Equal(("refunded", 1000), (rest.Status, rest.Refunded));
    }

    [Fact]
    public async Task A_voided_charge_cannot_be_captured()
    {
        var charge = await Provider.ChargeAsync("tok_ok");
        Assert.Equal("voided", (await (await Provider.DoAsync(charge, "void")).ReadAsync<ChargeView>()).Status);

        using var capture = await Provider.DoAsync(charge, "capture");

        Assert.Equal((HttpStatusCode.Conflict, "not_capturable"), (capture.StatusCode, await capture.CodeAsync()));
    }

    [Fact]
    public async Task More_than_was_captured_is_not_refunded()
    {
        var charge = await Provider.ChargeAsync("tok_ok");
        using var early = await Provider.DoAsync(charge, "refunds", body: new { amount = 1 });
        (await Provider.DoAsync(charge, "capture")).Dispose();
        using var tooMuch = await Provider.DoAsync(charge, "refunds", body: new { amount = 1001 });

        Assert.Equal("not_refundable", await early.CodeAsync());
        Assert.Equal("amount_too_large", await tooMuch.CodeAsync());
    }

    [Fact]
    public async Task Of_a_capture_and_a_void_at_the_same_time_one_wins()
    {
        for (var round = 0; round < 5; round++)
        {
            var charge = await Provider.ChargeAsync("tok_ok");

            var answers = await Task.WhenAll(Provider.DoAsync(charge, "capture"), Provider.DoAsync(charge, "void"));

            Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
            Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Conflict);
        }
    }

    [Fact]
    public async Task A_charge_is_found_by_the_key_that_created_it_and_by_its_id()
    {
        var key = ProviderCalls.NewKey();
        Assert.Empty(await Provider.FindAsync(key));

        var charge = await Provider.ChargeAsync("tok_ok", key);

        Assert.Equal(charge, Assert.Single(await Provider.FindAsync(key)));
        Assert.Equal(charge, await Provider.Http.GetFromJsonAsync<ChargeView>($"/v1/charges/{charge.Id}", Cancel));
    }

    [Theory]
    [InlineData("GET", "/v1/charges/ch_unknown", 404)]
    [InlineData("GET", "/v1/charges", 400)]
    [InlineData("GET", "/v1/nothing", 404)]
    [InlineData("DELETE", "/v1/charges", 405)]
    [InlineData("GET", "/v1/ledger?pageSize=0", 400)]
    [InlineData("GET", "/v1/ledger?pageSize=1001", 400)]
    [InlineData("GET", "/v1/ledger?pageSize=many", 400)]
    [InlineData("GET", "/v1/ledger?pageToken=made-up", 400)]
    public async Task A_wrong_request_is_refused(string method, string path, int status)
    {
        using var answer = await Provider.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancel);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("""{ "amount": 0, "currency": "KRW", "token": "tok_ok" }""", "amount")]
    [InlineData("""{ "currency": "KRW", "token": "tok_ok" }""", "amount")]
    [InlineData("""{ "amount": 1.5, "currency": "KRW", "token": "tok_ok" }""", "amount")]
    [InlineData("""{ "amount": "all", "currency": "KRW", "token": "tok_ok" }""", "amount")]
    [InlineData("""{ "amount": "1", "currency": "KRW", "token": "tok_ok" }""", "amount")]
    [InlineData("""{ "amount": 1, "currency": "won", "token": "tok_ok" }""", "currency")]
    [InlineData("""{ "amount": 1, "currency": "KRW" }""", "token")]
    [InlineData("""{ "amount": 1, "currency": "KRW", "token": "" }""", "token")]
    [InlineData("""{ "amount": 1, "amount": 2, "currency": "KRW", "token": "tok_ok" }""", null)]
    [InlineData("""{ "amount": 1, """, null)]
    [InlineData("", null)]
    public async Task A_wrong_body_is_refused_and_uses_no_key(string body, string? field)
    {
        var key = ProviderCalls.NewKey();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/charges") { Content = new StringContent(body, null, "application/json") };
        request.Headers.Add("Idempotency-Key", key);

        using var answer = await Provider.Http.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        if (field is not null)
            Assert.Contains($"\"{field}\"", await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("authorized", (await Provider.ChargeAsync("tok_ok", key)).Status);
    }

    [Theory]
    [InlineData("capture")]
    [InlineData("void")]
    public async Task An_unknown_charge_cannot_be_changed(string what)
    {
        using var answer = await Provider.PostAsync($"/v1/charges/ch_unknown/{what}", new { }, ProviderCalls.NewKey());

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer not the key")]
    [InlineData("Basic abc")]
    public async Task Without_the_key_nothing_is_done(string? authorization)
    {
        using var stranger = new HttpClient { BaseAddress = new Uri(Provider.Address) };
        if (authorization is not null)
            stranger.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        using var create = await stranger.PostAsJsonAsync("/v1/charges", new { amount = 1, currency = "KRW", token = "tok_ok" }, Cancel);
        using var find = await stranger.GetAsync("/v1/charges?idempotencyKey=x", Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, create.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, find.StatusCode);
    }
}
