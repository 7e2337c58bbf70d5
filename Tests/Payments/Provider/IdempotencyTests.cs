using System.Net;
using Npgsql;
using Shop.PaymentProvider.Charges;
using Shop.Payments.Tests.Running;
using Shop.Testing;

namespace Shop.Payments.Tests.Provider;

public sealed class IdempotencyTests(RunningPayments running)
{
    private ProviderProcess Provider => running.Provider;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_key_and_body_get_the_stored_answer()
    {
        var key = ProviderCalls.NewKey();
        using var first = await Provider.CreateAsync("tok_ok", key);
        var charge = await first.ReadAsync<ChargeView>();
        (await Provider.DoAsync(charge, "capture")).Dispose();

        using var again = await Provider.CreateAsync("tok_ok", key);

        Assert.Equal(first.StatusCode, again.StatusCode);
        Assert.Equal(charge, await again.ReadAsync<ChargeView>());   // the stored answer, not the current state
        Assert.Single(await Provider.FindAsync(key));
    }

    [Fact]
    public async Task A_refusal_is_a_stored_answer_too()
    {
        var key = ProviderCalls.NewKey();
        using var first = await Provider.CreateAsync("tok_declined", key);
        using var again = await Provider.CreateAsync("tok_declined", key);

        Assert.Equal(HttpStatusCode.PaymentRequired, again.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(Cancel), await again.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task The_same_key_for_something_else_is_refused()
    {
        var key = ProviderCalls.NewKey();
        var charge = await Provider.ChargeAsync("tok_ok", key);

        using var otherAmount = await Provider.CreateAsync("tok_ok", key, amount: 999);
        using var otherCommand = await Provider.DoAsync(charge, "capture", key);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, otherAmount.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, otherCommand.StatusCode);
    }

    [Fact]
    public async Task Ten_calls_with_one_key_at_once_make_one_charge()
    {
        var key = ProviderCalls.NewKey();

        var charges = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Provider.ChargeAsync("tok_ok", key)));

        Assert.Single(charges.Distinct());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("with space")]
    public async Task A_write_needs_a_key(string? key)
    {
        using var answer = await Provider.PostAsync("/v1/charges", new { amount = 1, currency = "KRW", token = "tok_ok" }, key);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_key_has_at_most_255_characters()
    {
        using var longest = await Provider.CreateAsync("tok_ok", ProviderCalls.NewKey().PadRight(255, 'x'));
        using var longer = await Provider.CreateAsync("tok_ok", ProviderCalls.NewKey().PadRight(256, 'x'));

        Assert.Equal(HttpStatusCode.Created, longest.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, longer.StatusCode);
    }

    [Fact]
    public async Task An_answer_is_purged_after_a_week_and_its_key_never_charges_again()
    {
        await using var provider = await running.NewProviderAsync(("Answers__Interval", "00:00:00.200"));
        var (old, recent) = (ProviderCalls.NewKey(), ProviderCalls.NewKey());
        var charge = await provider.ChargeAsync("tok_ok", old);
        await provider.ChargeAsync("tok_ok", recent);
        await using var connection = new NpgsqlConnection(provider.Database);
        await connection.OpenAsync(Cancel);
        await using var age = new NpgsqlCommand(
            "update answers set answered_at = now() - case when idempotency_key = $1 then interval '7 days 1 second' else interval '6 days 23 hours' end", connection)
        {
            Parameters = { new() { Value = old } },
        };
        await age.ExecuteNonQueryAsync(Cancel);
        await using var keys = new NpgsqlCommand("select string_agg(idempotency_key, ',') from answers", connection);
        await Eventually.TrueAsync(async () => (string?)await keys.ExecuteScalarAsync(Cancel) == recent, "only the recent answer is left");

        using var again = await provider.CreateAsync("tok_ok", old);
        using var another = await provider.CreateAsync("tok_ok", old, amount: 999);

        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(charge, await again.ReadAsync<ChargeView>());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, another.StatusCode);
        Assert.Equal(2, (await provider.LedgerAsync()).Count);
    }
}
