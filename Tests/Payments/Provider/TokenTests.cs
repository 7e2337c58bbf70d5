using System.Net;
using Shop.PaymentProvider.Charges;
using Shop.Payments.Tests.Running;
using Shop.Testing;

namespace Shop.Payments.Tests.Provider;

public sealed class TokenTests(RunningPayments running)
{
    private ProviderProcess Provider => running.Provider;

    [Theory]
    [InlineData("tok_declined", "card_declined")]
    [InlineData("tok_insufficient_funds", "insufficient_funds")]
    [InlineData("tok_nobody_issued_this", "card_declined")]
    public async Task A_card_may_be_declined(string token, string code)
    {
        var key = ProviderCalls.NewKey();

        using var answer = await Provider.CreateAsync(token, key);

        Assert.Equal((HttpStatusCode.PaymentRequired, code), (answer.StatusCode, await answer.CodeAsync()));
        Assert.Equal("declined", Assert.Single(await Provider.FindAsync(key)).Status);
        Assert.DoesNotContain(await Provider.LedgerAsync(), entry => entry.IdempotencyKey == key);
    }

    [Fact]
    public async Task A_slow_card_answers_after_5_seconds_but_acts_at_once()
    {
        var key = ProviderCalls.NewKey();
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();

        var answer = Provider.ChargeAsync("tok_slow", key);
        await Eventually.TrueAsync(async () => (await Provider.FindAsync(key)).Count == 1, "the charge is there");
        Assert.False(answer.IsCompleted);

        Assert.Equal("authorized", (await answer).Status);
        Assert.InRange(clock.GetElapsedTime(started), TimeSpan.FromSeconds(4.9), TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task The_first_answer_per_key_is_lost_after_the_effect()
    {
        var key = ProviderCalls.NewKey();
        await Assert.ThrowsAsync<HttpRequestException>(() => Provider.CreateAsync("tok_lost_answer", key));
        var charge = Assert.Single(await Provider.FindAsync(key));
        Assert.Equal("authorized", charge.Status);

        Assert.Equal(charge, await Provider.ChargeAsync("tok_lost_answer", key));

        var captureKey = ProviderCalls.NewKey();
        await Assert.ThrowsAsync<HttpRequestException>(() => Provider.DoAsync(charge, "capture", captureKey));
        Assert.Equal("captured", (await (await Provider.DoAsync(charge, "capture", captureKey)).ReadAsync<ChargeView>()).Status);
    }

    [Fact]
    public async Task Every_second_call_with_a_flaky_card_fails_without_effect()
    {
        var keys = Enumerable.Range(0, 6).Select(_ => ProviderCalls.NewKey()).ToList();
        var statuses = new List<HttpStatusCode>();
        foreach (var key in keys)
        {
            using var answer = await Provider.CreateAsync("tok_flaky", key);
            statuses.Add(answer.StatusCode);
            Assert.Equal(answer.IsSuccessStatusCode ? 1 : 0, (await Provider.FindAsync(key)).Count);
        }

        Assert.Equal(3, statuses.Count(status => status == HttpStatusCode.ServiceUnavailable));
        Assert.Equal(statuses[0], statuses[2]);
        Assert.NotEqual(statuses[0], statuses[1]);
    }

    [Fact]
    public async Task A_card_may_authorise_and_then_refuse_every_capture()
    {
        var charge = await Provider.ChargeAsync("tok_capture_fails");

        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var capture = await Provider.DoAsync(charge, "capture");
            Assert.Equal((HttpStatusCode.PaymentRequired, "capture_refused"), (capture.StatusCode, await capture.CodeAsync()));
        }

        Assert.Equal("voided", (await (await Provider.DoAsync(charge, "void")).ReadAsync<ChargeView>()).Status);
    }
}
