using System.Data.Common;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Npgsql;
using Polly;
using Shop.ServiceDefaults.Errors;

namespace Shop.ServiceDefaults;

/// <summary>
/// The one list of failures that pass: what was called (database, gRPC, broker, HTTP, socket) could not now, and the same may succeed later. Whoever calls is told 503;
/// a consumer waits; a saga tries again. Everything that is not on it lies in the request or in the code.
/// </summary>
public static class TransientFailures
{
    // Known by name: their packages belong to services with messaging only.
    private const string ConcurrencyConflict = "Microsoft.EntityFrameworkCore.DbUpdateConcurrencyException";
    private const string BrokerFailure = "Confluent.Kafka.KafkaException";
    private const string ConsumeFailure = "Confluent.Kafka.ConsumeException";

    public static bool IsTransient(Exception failure) => failure switch
    {
        // What cannot be read now can never be read, whatever its exception derives from or has inside: InvalidProtocolBufferException is an IOException.
        InvalidProtocolBufferException or JsonException or FormatException or InvalidDataException or DecoderFallbackException => false,

        UnavailableException or TooManyException => true,
        ShopException and not UnexpectedException => false,

        PostgresException postgres => TransientSqlStates.Contains(postgres.SqlState),
        NpgsqlException { InnerException: PostgresException postgres } => TransientSqlStates.Contains(postgres.SqlState),
        NpgsqlOperationInProgressException => false,
        // The connection or the pool, not the statement.
        NpgsqlException => true,
        DbException { IsTransient: true } => true,

        RpcException rpc => IsTransientCall(rpc),
        HttpRequestException http => BrokenConnection.Is(http),
        IOException io => BrokenConnection.Is(io),
        SocketException => true,
        // Polly's: an open breaker, a timeout, a full bulkhead.
        ExecutionRejectedException => true,
        OperationCanceledException => true,
        TimeoutException => failure.GetType() == typeof(TimeoutException),   // one of a regular expression is the text's fault

        AggregateException several => several.InnerExceptions.Count > 0 && several.InnerExceptions.All(IsTransient),
        _ when IsA(failure, ConcurrencyConflict) => true,
        _ when IsA(failure, BrokerFailure) => !IsA(failure, ConsumeFailure),   // that may be a record that cannot be read
        { InnerException: { } inner } => IsTransient(inner),
        _ => false,
    };

    private static bool IsTransientCall(RpcException failure) => failure.StatusCode switch
    {
        StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Aborted or StatusCode.Cancelled => true,
        // Without it, it is a message that is too large.
        StatusCode.ResourceExhausted => RichStatus.Read<RetryInfo>(failure) is not null,
        _ => BrokenConnection.IsCause(failure),
    };

    private static bool IsA(Exception failure, string name)
    {
        for (var type = failure.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName == name)
                return true;
        }

        return false;
    }
}
