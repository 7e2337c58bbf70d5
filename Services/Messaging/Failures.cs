using System.Data.Common;
using System.Net.Sockets;
using Confluent.Kafka;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.ServiceDefaults;

namespace Shop.Messaging;

/// <summary>The one place that tells a failure which will pass (wait and try again) from one which lies in the message itself.</summary>
internal static class Failures
{
    public static bool IsTransient(Exception failure) => failure switch
    {
        // Another writer was first: on fresh data it may succeed.
        DbUpdateConcurrencyException => true,
        PostgresException postgres => IsTransient(postgres),
        // The connection, not the statement.
        NpgsqlException { InnerException: PostgresException postgres } => IsTransient(postgres),
        NpgsqlException => true,
        DbException database => database.IsTransient,
        RpcException rpc => rpc.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.ResourceExhausted
            or StatusCode.Aborted or StatusCode.Cancelled,
        TooManyException or UnavailableException => true,
        KafkaException or HttpRequestException or SocketException or IOException or TimeoutException or OperationCanceledException => true,
        { InnerException: { } inner } => IsTransient(inner),
        _ => false,
    };

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

    // IsTransient of Npgsql knows connection, resource, lock and serialization errors; the rest are what an operator does to a server
    // (read-only or shutting down), timeouts, and rights or a database that are not there yet.
    private static bool IsTransient(PostgresException failure) => failure.IsTransient || failure.SqlState is
        PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.LockNotAvailable or "25P04"
        || failure.SqlState.StartsWith("57P", StringComparison.Ordinal) || failure.SqlState.StartsWith("53", StringComparison.Ordinal)
        || failure.SqlState.StartsWith("28", StringComparison.Ordinal) || failure.SqlState.StartsWith("3D", StringComparison.Ordinal);
}
