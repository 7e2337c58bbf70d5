using Microsoft.EntityFrameworkCore.Storage;
using Npgsql.EntityFrameworkCore.PostgreSQL;

namespace Shop.Persistence.Connections;

/// <summary>
/// Repeats a query or a SaveChanges that has certainly not happened (no connection, deadlock, lock not available …); not one whose connection broke in the middle,
/// for it may have been committed, and must not happen twice. Nothing is repeated inside an explicit transaction: there, what went before is gone with the failure,
/// so only the whole can be repeated (<see cref="Transactions.InTransactionAsync{T}"/>).
/// </summary>
internal sealed class RetryOutsideTransactions(ExecutionStrategyDependencies dependencies)
    : NpgsqlRetryingExecutionStrategy(dependencies, maxRetryCount: 3, maxRetryDelay: TimeSpan.FromSeconds(1), errorCodesToAdd: null)
{
    private bool InTransaction => Dependencies.CurrentContext.Context.Database.CurrentTransaction is not null;

    protected override void OnFirstExecution() => ExceptionsEncountered.Clear();   // the base refuses explicit transactions

    protected override bool ShouldRetryOn(Exception? exception) => exception is not null && !InTransaction && DatabaseFailures.IsRolledBack(exception);
}
