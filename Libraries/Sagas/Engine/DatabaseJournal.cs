using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Shop.Sagas.Store;

namespace Shop.Sagas.Engine;

/// <summary>Writes progress to the database: by the writer, which batches it over sagas, or together with the saga's own changes in one transaction.</summary>
internal sealed class DatabaseJournal(DbContext db, SagaWriter writer, SagaStore store) : ISagaJournal
{
    public bool HasChanges => db.ChangeTracker.HasChanges();

    public Task WriteAsync(SagaProgress progress, CancellationToken cancel) => writer.WriteAsync(progress, cancel);

    public async Task CommitAsync(Func<CancellationToken, Task> work, Func<SagaProgress> progress, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await work(cancel);
        await db.SaveChangesAsync(cancel);
        var result = progress();
        if (!await store.WriteAsync(result, (NpgsqlConnection)db.Database.GetDbConnection(), transaction.GetDbTransaction(), cancel))
            throw new SagaLostException(result.Id);
        await transaction.CommitAsync(cancel);
    }

    public void Discard() => db.ChangeTracker.Clear();
}
