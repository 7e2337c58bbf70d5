using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Shop.Persistence.Commits;

/// <summary>
/// Collects the added rows of observed types and reports them to <see cref="CommitObservers"/> after the commit. Rows that were rolled back are never reported: a saga
/// must not run for an order that does not exist.
/// </summary>
internal sealed class CommitInterceptor(CommitObservers observers) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbContext, Pending> _pending = [];

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Collect(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Collect(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Saved(eventData.Context);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Saved(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData)
    {
        Failed(eventData.Context);
        observers.Failed(eventData.Exception);
    }

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        SaveChangesFailed(eventData);
        return Task.CompletedTask;
    }

    // The outcome of a cancelled save is unknown. If it was committed, its saga is claimed when the lease ends.
    public override void SaveChangesCanceled(DbContextEventData eventData) => Failed(eventData.Context);

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        Failed(eventData.Context);
        return Task.CompletedTask;
    }

    // A new explicit transaction: rows left by an abandoned one were never committed.
    DbTransaction IDbTransactionInterceptor.TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        Begin(eventData.Context);
        return result;
    }

    ValueTask<DbTransaction> IDbTransactionInterceptor.TransactionStartedAsync(DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken)
    {
        Begin(eventData.Context);
        return ValueTask.FromResult(result);
    }

    void IDbTransactionInterceptor.TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => TransactionCommitted(eventData.Context);

    Task IDbTransactionInterceptor.TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken)
    {
        TransactionCommitted(eventData.Context);
        return Task.CompletedTask;
    }

    private void Collect(DbContext? db)
    {
        if (db is null)
            return;
        var own = db.Database.CurrentTransaction is null;
        // A failed transaction is rolled back as a whole: a savepoint before every SaveChanges would cost two round trips for nothing.
        db.Database.AutoSavepointsEnabled = false;
        if (_pending.TryGetValue(db, out var pending) && (own || pending.SavingAlone))
            pending.Clear();   // left by an abandoned save: contexts are pooled

        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State != EntityState.Added || !observers.IsObserved(entry.Entity.GetType()))
                continue;
            pending ??= _pending.GetOrCreateValue(db);
            pending.Added.Add(entry.Entity);
        }
        pending?.SavingAlone = own;
    }

    private void Saved(DbContext? db)
    {
        if (db is not null && _pending.TryGetValue(db, out var pending) && pending.SavingAlone)
            Report(pending);
    }

    private void Failed(DbContext? db)
    {
        if (db is not null && _pending.TryGetValue(db, out var pending))
            pending.Clear();
    }

    // SaveChanges opens its own transactions between SavingChanges and SavedChanges: those two callbacks cover them.
    private void Begin(DbContext? db)
    {
        if (db is not null && _pending.TryGetValue(db, out var pending) && !pending.SavingAlone)
            pending.Clear();
    }

    private void TransactionCommitted(DbContext? db)
    {
        if (db is not null && _pending.TryGetValue(db, out var pending) && !pending.SavingAlone)
            Report(pending);
    }

    private void Report(Pending pending)
    {
        object[] added = [.. pending.Added];
        pending.Clear();
        foreach (var rows in added.GroupBy(row => row.GetType()))
            observers.Notify(rows.Key, rows);
    }

    private sealed class Pending
    {
        public List<object> Added { get; } = [];
        public bool SavingAlone;

        public void Clear()
        {
            Added.Clear();
            SavingAlone = false;
        }
    }
}
