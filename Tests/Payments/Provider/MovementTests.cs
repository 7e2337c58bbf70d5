using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Shop.PaymentProvider.Movements;
using Shop.Payments.Tests.Running;

namespace Shop.Payments.Tests.Provider;

/// <summary>The feed with which a customer of the provider reconciles.</summary>
public sealed class MovementTests(RunningPayments running)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_change_of_a_charge_is_a_movement_and_a_repeated_or_refused_one_is_none()
    {
        await using var provider = await running.NewProviderAsync();
        var key = ProviderCalls.NewKey();
        var charge = await provider.ChargeAsync("tok_ok", key);
        await provider.ChargeAsync("tok_ok", key);
        (await provider.CreateAsync("tok_declined")).Dispose();
        (await provider.DoAsync(charge, "capture")).Dispose();
        (await provider.DoAsync(charge, "void")).Dispose();
        (await provider.DoAsync(charge, "refunds", "first", new { amount = 300 })).Dispose();
        (await provider.DoAsync(charge, "refunds", "first", new { amount = 300 })).Dispose();
        (await provider.DoAsync(charge, "refunds", body: new { amount = 701 })).Dispose();
        (await provider.DoAsync(charge, "refunds", body: new { amount = 700 })).Dispose();
        var voided = await provider.ChargeAsync("tok_ok", amount: 5);
        (await provider.DoAsync(voided, "void")).Dispose();

        var movements = await AllAsync(provider, pageSize: 2);

        Assert.Equal(
            [(charge.Id, "authorise", 1000L, 0L), (charge.Id, "capture", 1000, 0), (charge.Id, "refund", 300, 300), (charge.Id, "refund", 700, 1000),
             (voided.Id, "authorise", 5, 0), (voided.Id, "void", 5, 0)],
            movements.Select(movement => (movement.ChargeId, movement.Kind, movement.Amount, movement.Refunded)));
        Assert.All(movements.Where(movement => movement.ChargeId == charge.Id), movement => Assert.Equal((key, "KRW"), (movement.IdempotencyKey, movement.Currency)));
    }

    [Fact]
    public async Task A_reader_waits_for_an_earlier_sequence_that_is_not_committed()
    {
        await using var provider = await running.NewProviderAsync();
        await using var connection = new NpgsqlConnection(provider.Database);
        await connection.OpenAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await using (var insert = new NpgsqlCommand(
            "insert into movements (charge_id, idempotency_key, kind, amount, currency, refunded, at) values ('ch_slow', 'k', 'capture', 1, 'KRW', 0, now())", connection, transaction))
            await insert.ExecuteNonQueryAsync(Cancel);
        var later = await provider.ChargeAsync("tok_ok");   // does not wait

        var reading = PageAsync(provider, 0, 10);
        await Eventually.TrueAsync(
            async () => reading.IsCompleted || await new PaymentsDatabase(provider.Database).QueryAsync<int>("select 1 from pg_locks where locktype = 'advisory' and not granted") is [_, ..],
            "the reader waits, or has read");
        await transaction.CommitAsync(Cancel);

        Assert.Equal(["ch_slow", later.Id], (await reading).Items.Select(movement => movement.ChargeId));
    }

    [Fact]
    public async Task Movements_by_many_writers_are_all_read_once_in_order()
    {
        await using var provider = await running.NewProviderAsync();
        var writing = Task.WhenAll(Enumerable.Range(0, 60).Select(_ => provider.ChargeAsync("tok_ok")));
        var read = new List<MovementView>();
        bool isWriting;
        do
        {
            isWriting = !writing.IsCompleted;
            var page = await PageAsync(provider, read is [.., var last] ? last.Sequence : 0, 7);
            read.AddRange(page.Items);
            isWriting |= page.Items.Count > 0;
        }
        while (isWriting);

        Assert.Equal((await writing).Select(charge => charge.Id).Order(StringComparer.Ordinal), read.Select(movement => movement.ChargeId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_the_key_no_movement_is_shown_and_in_production_they_are_served()
    {
        await using var provider = await running.NewProviderAsync(("ASPNETCORE_ENVIRONMENT", "Production"));
        using var stranger = new HttpClient { BaseAddress = new Uri(provider.Address) };

        using var refused = await stranger.GetAsync("/v1/movements", Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(0, (await PageAsync(provider, 0, 1)).Next);
    }

    [Theory]
    [InlineData("after=-1")]
    [InlineData("after=x")]
    [InlineData("pageSize=0")]
    [InlineData("pageSize=1001")]
    public async Task A_wrong_page_is_refused(string query)
    {
        using var answer = await running.Provider.Http.GetAsync($"/v1/movements?{query}", Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static async Task<List<MovementView>> AllAsync(ProviderProcess provider, int pageSize)
    {
        var all = new List<MovementView>();
        for (var after = 0L; ;)
        {
            var page = await PageAsync(provider, after, pageSize);
            if (page.Items.Count == 0)
                return all;
            all.AddRange(page.Items);
            after = page.Next;
        }
    }

    private static async Task<MovementPage> PageAsync(ProviderProcess provider, long after, int pageSize) =>
        (await provider.Http.GetFromJsonAsync<MovementPage>($"/v1/movements?after={after}&pageSize={pageSize}", JsonSerializerOptions.Web, Cancel))!;
}
