using Microsoft.EntityFrameworkCore.Storage;
using Npgsql.EntityFrameworkCore.PostgreSQL;

namespace Shop.Persistence.Connections;

/// <summary>
/// Retries a query or a SaveChanges that certainly had no effect (no connection, deadlock, lock not available …). One whose connection broke in use is not retried:
/// it may have been committed. Nothing is retried inside an explicit transaction: the failure has rolled back its earlier statements, so only the whole can be
/// retried (<see cref="Transactions.InTransactionAsync{T}"/>).
/// </summary>
internal sealed class RetryOutsideTransactions(ExecutionStrategyDependencies dependencies)
    : NpgsqlRetryingExecutionStrategy(dependencies, maxRetryCount: 3, maxRetryDelay: TimeSpan.FromSeconds(1), errorCodesToAdd: null)
{
    private bool InTransaction => Dependencies.CurrentContext.Context.Database.CurrentTransaction is not null;

    protected override void OnFirstExecution() => ExceptionsEncountered.Clear();   // the base class refuses explicit transactions

    protected override bool ShouldRetryOn(Exception? exception) => exception is not null && !InTransaction && DatabaseFailures.IsRolledBack(exception);
}
