using Shop.Payments.Tests.Running;

namespace Shop.Payments.Tests.Provider;

public sealed class LedgerTests(RunningPayments running)
{
    [Fact]
    public async Task The_ledger_survives_a_kill()
    {
        await using var provider = await running.NewProviderAsync();
        var key = ProviderCalls.NewKey();
        var charge = await provider.ChargeAsync("tok_ok", key, amount: 4321);
        (await provider.DoAsync(charge, "capture")).Dispose();

        await provider.KillAsync();
        await provider.StartAsync();

        var entry = Assert.Single(await provider.LedgerAsync());
        Assert.Equal((charge.Id, key, "tok_ok", "KRW"), (entry.ChargeId, entry.IdempotencyKey, entry.Token, entry.Currency));
        Assert.Equal((4321, 4321, 0, false), (entry.Authorised, entry.Captured, entry.Refunded, entry.Voided));
        Assert.Equal(charge, await provider.ChargeAsync("tok_ok", key, amount: 4321));
    }

    [Fact]
    public async Task The_ledger_comes_in_pages()
    {
        await using var provider = await running.NewProviderAsync();
        Assert.Empty(await provider.LedgerAsync());
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add((await provider.ChargeAsync("tok_ok")).Id);

        Assert.Equal(ids, (await provider.LedgerAsync(pageSize: 2)).Select(entry => entry.ChargeId));
        Assert.Equal(ids, (await provider.LedgerAsync(pageSize: 5)).Select(entry => entry.ChargeId));
    }
}
