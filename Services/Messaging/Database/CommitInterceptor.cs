using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Shop.Messaging.Outbox;
using Shop.Messaging.SagaEngine;

namespace Shop.Messaging.Database;

/// <summary>
/// Tells what a commit has brought: events (the relay wakes) and sagas (they start at once). Exactly what was committed, for a saga must not run
/// for an order that was rolled back; whether SaveChanges committed by itself or within an explicit transaction.
/// </summary>
internal sealed class CommitInterceptor : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbContext, Pending> _pending = [];

    public event Action<CommittedWork>? Committed;

    public event Action<Exception>? SaveFailed;

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
        SaveFailed?.Invoke(eventData.Exception);
    }

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        SaveChangesFailed(eventData);
        return Task.CompletedTask;
    }

    // The caller went away in the middle: nobody knows what became of it, and if it was committed after all, its saga is found when the lease ends.
    public override void SaveChangesCanceled(DbContextEventData eventData) => Failed(eventData.Context);

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        Failed(eventData.Context);
        return Task.CompletedTask;
    }

    // A new explicit transaction: whatever an abandoned one left behind was never committed.
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
        // A transaction that fails is given up as a whole: a savepoint before every SaveChanges would be two round trips for nothing.
        db.Database.AutoSavepointsEnabled = false;
        if (_pending.TryGetValue(db, out var pending) && (own || pending.SavingAlone))
            pending.Clear();   // left over from one that was abandoned: contexts come from a pool

        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State != EntityState.Added || entry.Entity is not (OutboxRow or SagaRow))
                continue;
            pending ??= _pending.GetOrCreateValue(db);
            if (entry.Entity is OutboxRow row)
                pending.Shards |= 1 << row.Shard;
            else
                pending.Started.Add((SagaRow)entry.Entity);
        }
        pending?.SavingAlone = own;
    }

    private void Saved(DbContext? db)
    {
        if (db is not null && _pending.TryGetValue(db, out var pending) && pending.SavingAlone)
            Tell(pending);
    }

    private void Failed(DbContext? db)
    {
        if (db is not null && _pending.TryGetValue(db, out var pending))
            pending.Clear();
    }

    // SaveChanges opens transactions of its own between SavingChanges and SavedChanges: those two speak for them.
    private void Begin(DbContext? db)
    {
        if (db is not null && _pending.TryGetValue(db, out var pending) && !pending.SavingAlone)
            pending.Clear();
    }

    private void TransactionCommitted(DbContext? db)
    {
        if (db is not null && _pending.TryGetValue(db, out var pending) && !pending.SavingAlone)
            Tell(pending);
    }

    private void Tell(Pending pending)
    {
        if (!pending.IsEmpty)
            Committed?.Invoke(new(pending.Shards, [.. pending.Started]));
        pending.Clear();
    }

    private sealed class Pending
    {
        public int Shards;
        public List<SagaRow> Started { get; } = [];
        public bool SavingAlone;
        public bool IsEmpty => Shards == 0 && Started.Count == 0;

        public void Clear()
        {
            Shards = 0;
            Started.Clear();
            SavingAlone = false;
        }
    }
}

/// <param name="Shards">The outbox shards that have new events, one bit each.</param>
internal readonly record struct CommittedWork(int Shards, IReadOnlyList<SagaRow> Started);
