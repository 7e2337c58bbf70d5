using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace Shop.Persistence.Connections;

/// <summary>What a failure says about the transaction that it ended.</summary>
public static class DatabaseFailures
{
    /// <summary>Worth repeating a whole transaction at once; not worth waiting for a server that is away longer.</summary>
    public static bool IsTransientDatabaseError(Exception failure) => failure switch
    {
        OperationCanceledException => false,
        DbException database => database.IsTransient,
        { InnerException: { } inner } => IsTransientDatabaseError(inner),
        _ => false,
    };

    /// <summary>Certain that nothing has happened: the server said so, or was never reached. A connection that broke in the middle leaves it open.</summary>
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
