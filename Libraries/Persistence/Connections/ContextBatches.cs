using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Shop.Persistence.Connections;

/// <summary>SQL batches on a context's connection.</summary>
public static class ContextBatches
{
    /// <summary>Creates a batch of commands on the context's connection and in its current transaction. The caller disposes it; the connection must be open when it is executed.</summary>
    public static DbBatch CreateBatch(this DbContext db)
    {
        var batch = db.Database.GetDbConnection().CreateBatch();
        batch.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        return batch;
    }
}
