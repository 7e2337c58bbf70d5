using System.Net;
using System.Net.Http.Json;
using Shop.PaymentProvider.Faults;
using Shop.Payments.Tests.Running;
using Shop.Testing;

namespace Shop.Payments.Tests.Provider;

public sealed class FaultTests(RunningPayments running)
{
    private ProviderProcess Provider => running.Provider;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_an_outage_connections_drop_but_the_ledger_can_be_read()
    {
        var key = ProviderCalls.NewKey();
        await using (await running.WithFaultsAsync(new(Outage: true)))
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => Provider.CreateAsync("tok_ok", key));
            await Assert.ThrowsAsync<HttpRequestException>(() => Provider.FindAsync(key));
            await Provider.LedgerAsync();
        }

        Assert.Empty(await Provider.FindAsync(key));
    }

    [Fact]
    public async Task Errors_come_without_an_effect()
    {
        var key = ProviderCalls.NewKey();
        await using (await running.WithFaultsAsync(new(ErrorRate: 1)))
        {
            using var answer = await Provider.CreateAsync("tok_ok", key);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }

        Assert.Empty(await Provider.FindAsync(key));
    }

    [Fact]
    public async Task Latency_delays_the_answer_and_not_the_effect()
    {
        var key = ProviderCalls.NewKey();
        var clock = TimeProvider.System;
        await using var faults = await running.WithFaultsAsync(new(LatencyMs: 2000));
        var started = clock.GetTimestamp();

        var answer = Provider.ChargeAsync("tok_ok", key);
        await Eventually.TrueAsync(async () => (await Provider.LedgerAsync()).Any(entry => entry.IdempotencyKey == key), "the charge is in the ledger");
        Assert.False(answer.IsCompleted);

        await answer;
        Assert.InRange(clock.GetElapsedTime(started), TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task New_faults_replace_all_the_old_ones()
    {
        await using var faults = await running.WithFaultsAsync(new(ErrorRate: 1, LatencyMs: 500, Outage: true));

        using var answer = await Provider.Http.PutAsJsonAsync("/v1/faults", new { }, Cancel);

        Assert.Equal(new FaultSettings(), await answer.ReadAsync<FaultSettings>());
        Assert.Equal("authorized", (await Provider.ChargeAsync("tok_ok")).Status);
    }

    [Theory]
    [InlineData("""{ "errorRate": 1.1 }""", "errorRate")]
    [InlineData("""{ "errorRate": -0.1 }""", "errorRate")]
    [InlineData("""{ "errorRate": "often" }""", "errorRate")]
    [InlineData("""{ "latencyMs": -1 }""", "latencyMs")]
    [InlineData("""{ "latencyMs": 2.5 }""", "latencyMs")]
    [InlineData("""{ "outage": "yes" }""", "outage")]
    public async Task Faults_that_make_no_sense_are_refused(string body, string field)
    {
        using var answer = await Provider.Http.PutAsync("/v1/faults", new StringContent(body, null, "application/json"), Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"{field}\"", await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task In_production_there_are_neither_faults_nor_an_open_ledger()
    {
        await using var production = await running.NewProviderAsync(("ASPNETCORE_ENVIRONMENT", "Production"));

        using var faults = await production.Http.PutAsJsonAsync("/v1/faults", new { outage = true }, Cancel);
        using var ledger = await production.Http.GetAsync("/v1/ledger", Cancel);

        Assert.Equal(HttpStatusCode.NotFound, faults.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, ledger.StatusCode);
        Assert.Equal("authorized", (await production.ChargeAsync("tok_ok")).Status);
    }
}
