using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Shop.Persistence.Connections;

public static class ContextBatches
{
    /// <summary>A batch of commands on the context's own connection and in its transaction. The caller disposes it.</summary>
    public static DbBatch CreateBatch(this DbContext db)
    {
        var batch = db.Database.GetDbConnection().CreateBatch();
        batch.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        return batch;
    }
}
