using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Shop.Persistence.Commits;

namespace Shop.Persistence.Tests;

/// <summary>An observer is notified once for each commit of the rows that it has added, and never of a rollback.</summary>
public sealed class CommitObserverTests(Servers servers)
{
    [Fact]
    public async Task Each_commit_is_reported_once_with_its_own_rows()
    {
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), "localhost:1", _ => { });
        var seen = Observe(replica, out var observers, out var observer);

        await replica.DoAsync(db => db.AddAccountsAsync("alone-1", "alone-2"));
        await replica.DoAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.AddAccountsAsync("explicit-1");
            await db.AddAccountsAsync("explicit-2");
            Assert.Single(seen);
            await transaction.CommitAsync();
            // The same context is used again: reported rows are not reported again.
            await db.AddAccountsAsync("after");
        });
        observers.Remove(observer);
        await replica.DoAsync(db => db.AddAccountsAsync("nobody looks"));

        Assert.Equal(["alone-1 alone-2", "explicit-1 explicit-2", "after"], seen);
    }

    [Fact]
    public async Task What_is_rolled_back_is_not_reported_nor_with_what_comes_after_it()
    {
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), "localhost:1", _ => { });
        var seen = Observe(replica, out _, out _);
        await replica.DoAsync(db => db.AddAccountsAsync("taken"));
        seen.Clear();

        await replica.DoAsync(async db =>
        {
            await using (await db.Database.BeginTransactionAsync())
                await db.AddAccountsAsync("abandoned");
            db.ChangeTracker.Clear();
            await Assert.ThrowsAnyAsync<Exception>(() => db.AddAccountsAsync("beside", "taken"));
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.AddAccountsAsync("kept");
            await transaction.CommitAsync();
        });

        Assert.Equal(["kept"], seen);
    }

    private static ConcurrentQueue<string> Observe(Replica replica, out CommitObservers observers, out ICommitObserver<Account> observer)
    {
        var seen = new ConcurrentQueue<string>();
        observers = replica.Services.GetRequiredService<CommitObservers>();
        observers.Add(observer = new Observer(seen));
        return seen;
    }

    private sealed class Observer(ConcurrentQueue<string> seen) : ICommitObserver<Account>
    {
        public void Committed(IReadOnlyList<Account> added) => seen.Enqueue(string.Join(' ', added.Select(account => account.Id).Order()));
    }
}
