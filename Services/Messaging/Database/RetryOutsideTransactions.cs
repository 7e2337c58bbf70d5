using Microsoft.EntityFrameworkCore.Storage;
using Npgsql.EntityFrameworkCore.PostgreSQL;

namespace Shop.Messaging.Database;

/// <summary>
/// Repeats a query or a SaveChanges that failed for a passing reason, but nothing inside an explicit transaction: there, what went before
/// is gone with the failure, so only the whole can be repeated (<see cref="Transactions.InTransactionAsync{T}"/>).
/// A SaveChanges whose commit was lost on the way back is safe to repeat where it inserts: the second insert meets its own key.
/// </summary>
internal sealed class RetryOutsideTransactions(ExecutionStrategyDependencies dependencies)
    : NpgsqlRetryingExecutionStrategy(dependencies, maxRetryCount: 3, maxRetryDelay: TimeSpan.FromSeconds(1), errorCodesToAdd: null)
{
    private bool InTransaction => Dependencies.CurrentContext.Context.Database.CurrentTransaction is not null;

    protected override void OnFirstExecution() => ExceptionsEncountered.Clear();   // the base refuses explicit transactions

    protected override bool ShouldRetryOn(Exception? exception) => !InTransaction && base.ShouldRetryOn(exception);
}
