using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace Shop.Persistence.Connections;

/// <summary>Classifies a failure by its effect on the transaction that it ended.</summary>
public static class DatabaseFailures
{
    /// <summary>True: the whole transaction may be retried at once (deadlock, serialization failure, lock timeout, lost connection). Cancellation is not transient.</summary>
    public static bool IsTransientDatabaseError(Exception failure) => failure switch
    {
        OperationCanceledException => false,
        DbException database => database.IsTransient,
        { InnerException: { } inner } => IsTransientDatabaseError(inner),
        _ => false,
    };

    /// <summary>True: the transaction certainly had no effect, because the server reported a rollback or was never reached. After a connection that broke in use the outcome is unknown: false.</summary>
    public static bool IsRolledBack(Exception failure) => failure switch
    {
        OperationCanceledException => false,
        PostgresException postgres => postgres.IsTransient && !postgres.SqlState.StartsWith("57P01", StringComparison.Ordinal)
            && !postgres.SqlState.StartsWith("57P02", StringComparison.Ordinal) && !postgres.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException { InnerException: SocketException } => true,   // while connecting; on a connection in use it is an IOException
        { InnerException: { } inner } => IsRolledBack(inner),
        _ => false,
    };
}
