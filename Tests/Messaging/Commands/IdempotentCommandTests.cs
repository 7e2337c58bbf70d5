using Microsoft.EntityFrameworkCore;
using Shop.Messaging.Tests.V1;
using Shop.ServiceDefaults;

namespace Shop.Messaging.Tests.Commands;

public sealed class IdempotentCommandTests(Servers servers) : IAsyncLifetime
{
    private readonly string _key = $"{Guid.CreateVersion7()}/reserve-stock/";
    private Replica _replica = null!;

    public async ValueTask InitializeAsync()
    {
        _replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), "localhost:1", _ => { });
        await _replica.DoAsync(db => db.AddAccountsAsync("a"));
    }

    [Fact]
    public async Task The_same_key_gives_the_same_answer_and_one_effect()
    {
        var first = await DoAsync();
        var second = await DoAsync();
        Assert.Equal(first, second);
        Assert.Equal(1, await BalanceAsync());
    }

    [Fact]
    public async Task At_the_same_time_one_waits_for_the_other()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => DoAsync()));
        Assert.Single(answers.Distinct());
        Assert.Equal(1, await BalanceAsync());
    }

    [Fact]
    public async Task What_fails_leaves_nothing_behind_and_may_be_tried_again()
    {
        await Assert.ThrowsAsync<RefusedException>(() => _replica.DoAsync(db => db.DoOnceAsync<NoEvent>(_key + "do", async cancel =>
        {
            (await db.Accounts.SingleAsync(cancel)).Balance = 100;
            throw new RefusedException("out_of_stock", "No.");
        }, default)));
        Assert.Equal(0, await BalanceAsync());
        await DoAsync();
        Assert.Equal(1, await BalanceAsync());
    }

    [Fact]
    public async Task What_was_done_is_undone_once()
    {
        await DoAsync();
        await UndoAsync();
        await UndoAsync();
        Assert.Equal(0, await BalanceAsync());
        Assert.Equal("undone", (await Assert.ThrowsAsync<RefusedException>(DoAsync)).Reason);
    }

    [Fact]
    public async Task An_undo_that_comes_first_leaves_a_tombstone_that_refuses_the_late_command()
    {
        await UndoAsync();
        Assert.Equal(0, await BalanceAsync());
        Assert.Equal("undone", (await Assert.ThrowsAsync<RefusedException>(DoAsync)).Reason);
        await UndoAsync();
        Assert.Equal(0, await BalanceAsync());
    }

    [Fact]
    public async Task A_command_and_its_undo_at_the_same_time_leave_nothing()
    {
        for (var i = 0; i < 10; i++)
        {
            var key = $"{Guid.CreateVersion7()}/reserve-stock/";
            var late = DoAsync(key).ContinueWith(done => done.IsCompletedSuccessfully, TaskScheduler.Default);
            await Task.WhenAll(late, UndoAsync(key));
            Assert.Equal(0, await BalanceAsync());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("reserve-stock/do")]
    [InlineData("00000000-0000-0000-0000-000000000000/reserve-stock/undo")]
    [InlineData("00000000-0000-0000-0000-000000000000//do")]
    public async Task A_key_of_another_form_is_invalid(string key) =>
        await Assert.ThrowsAsync<InvalidException>(() => _replica.DoAsync(db => db.DoOnceAsync(key, _ => Task.FromResult(new NoEvent()), default)));

    public ValueTask DisposeAsync() => _replica.DisposeAsync();

    private Task<NoEvent> DoAsync() => DoAsync(_key);

    private Task UndoAsync() => UndoAsync(_key);

    private Task<NoEvent> DoAsync(string key) => _replica.DoAsync(db => db.DoOnceAsync(key + "do", async cancel =>
    {
        await db.Database.ExecuteSqlAsync($"update account set balance = balance + 1", cancel);
        return new NoEvent { Id = Guid.CreateVersion7().ToString() };
    }, default));

    private Task UndoAsync(string key) => _replica.DoAsync(db => db.UndoOnceAsync(key + "undo", async cancel =>
    {
        await db.Database.ExecuteSqlAsync($"update account set balance = balance - 1", cancel);
        return new NoEvent();
    }, default));

    private Task<long> BalanceAsync() => _replica.DoAsync(db => db.Accounts.Select(a => a.Balance).SingleAsync());
}
