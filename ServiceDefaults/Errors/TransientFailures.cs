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

namespace Shop.ServiceDefaults.Errors;

/// <summary>
/// The list of transient failures: the dependency (database, gRPC, broker, HTTP, socket) is temporarily unable, and the same operation may succeed later. A request gets
/// 503, a consumer waits, a saga retries. All other failures are caused by the request or the code.
/// </summary>
public static class TransientFailures
{
    // By name: only services with messaging reference these packages.
    private const string ConcurrencyConflict = "Microsoft.EntityFrameworkCore.DbUpdateConcurrencyException";
    private const string BrokerFailure = "Confluent.Kafka.KafkaException";
    private const string ConsumeFailure = "Confluent.Kafka.ConsumeException";

    /// <summary>True: a retry may succeed.</summary>
    public static bool IsTransient(Exception failure) => failure switch
    {
        // Parsing errors are permanent, whatever their base class or inner exception: InvalidProtocolBufferException is an IOException.
        InvalidProtocolBufferException or JsonException or FormatException or InvalidDataException or DecoderFallbackException => false,

        UnavailableException or TooManyException => true,
        ShopException and not UnexpectedException => false,

        PostgresException postgres => TransientSqlStates.Contains(postgres.SqlState),
        NpgsqlException { InnerException: PostgresException postgres } => TransientSqlStates.Contains(postgres.SqlState),
        NpgsqlOperationInProgressException => false,
        // A failure of the connection or the pool, not of the statement.
        NpgsqlException => true,
        DbException { IsTransient: true } => true,

        RpcException rpc => IsTransientCall(rpc),
        HttpRequestException http => BrokenConnection.Is(http),
        IOException io => BrokenConnection.Is(io),
        SocketException => true,
        // Polly: an open breaker, a timeout, a full bulkhead.
        ExecutionRejectedException => true,
        OperationCanceledException => true,
        TimeoutException => failure.GetType() == typeof(TimeoutException),   // not RegexMatchTimeoutException, which depends on the text

        AggregateException several => several.InnerExceptions.Count > 0 && several.InnerExceptions.All(IsTransient),
        _ when IsA(failure, ConcurrencyConflict) => true,
        _ when IsA(failure, BrokerFailure) => !IsA(failure, ConsumeFailure),   // may be an unreadable record
        { InnerException: { } inner } => IsTransient(inner),
        _ => false,
    };

    private static bool IsTransientCall(RpcException failure) => failure.StatusCode switch
    {
        StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Aborted or StatusCode.Cancelled => true,
        // Without RetryInfo the message is too large.
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
