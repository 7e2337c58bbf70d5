using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Grpc.Core;
using Npgsql;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Shop.ServiceDefaults.Errors;

namespace Shop.ServiceDefaults.Tests.Errors;

/// <summary>Each entry of the list of transient failures, and failures that must not be on it.</summary>
public sealed class TransientFailureTests
{
    private static readonly IOException ConnectionReset = new("reset", new SocketException((int)SocketError.ConnectionReset));

    public static TheoryData<string> PassingSqlStates => new(
        "25006", "25P03", "25P04", "40001", "40003", "40P01", "55000", "55006", "55P03", "57014", "57P01", "57P02", "57P03", "57P05", "58000", "58030",
        "08000", "08001", "08003", "08006", "28000", "28P01", "3D000", "53000", "53100", "53200", "53300");

    public static TheoryData<string> LastingSqlStates => new("22001", "22021", "23502", "23505", "23514", "42501", "42601", "42P01", "54000", "57000", "XX000", "P0001");

    [Theory]
    [MemberData(nameof(PassingSqlStates))]
    public void A_server_that_cannot_now_passes(string state)
    {
        Assert.True(TransientFailures.IsTransient(Postgres(state)));
        Assert.True(TransientFailures.IsTransient(new NpgsqlException("while connecting", Postgres(state))));
    }

    [Theory]
    [MemberData(nameof(LastingSqlStates))]
    public void A_statement_or_value_that_is_wrong_stays_so(string state)
    {
        Assert.False(TransientFailures.IsTransient(Postgres(state)));
        Assert.False(TransientFailures.IsTransient(new NpgsqlException("while connecting", Postgres(state))));
    }

    public static TheoryData<StatusCode, Exception?> PassingCalls => new()
    {
        { StatusCode.Unavailable, null }, { StatusCode.DeadlineExceeded, null }, { StatusCode.Aborted, null }, { StatusCode.Cancelled, null },
        { StatusCode.Internal, new HttpRequestException("no ping was answered", new HttpIOException(HttpRequestError.HttpProtocolError)) },
        { StatusCode.Internal, new IOException("The request was aborted.") },
        { StatusCode.Unknown, ConnectionReset },
        { StatusCode.Unknown, new SocketException((int)SocketError.ConnectionReset) },
    };

    [Theory]
    [MemberData(nameof(PassingCalls))]
    public void A_call_that_was_not_answered_passes(StatusCode status, Exception? around) => Assert.True(TransientFailures.IsTransient(Rpc(status, around)));

    public static TheoryData<StatusCode, Exception?> LastingCalls => new()
    {
        { StatusCode.Internal, null }, { StatusCode.Unknown, null }, { StatusCode.Internal, Unreadable() },
        { StatusCode.Internal, new HttpRequestException("no", null, HttpStatusCode.NotFound) },
        { StatusCode.InvalidArgument, ConnectionReset }, { StatusCode.NotFound, null }, { StatusCode.FailedPrecondition, null }, { StatusCode.Unimplemented, null },
        { StatusCode.PermissionDenied, null }, { StatusCode.Unauthenticated, null }, { StatusCode.DataLoss, null }, { StatusCode.ResourceExhausted, null },
    };

    [Theory]
    [MemberData(nameof(LastingCalls))]
    public void An_answer_of_the_upstream_or_one_that_cannot_be_read_stays_so(StatusCode status, Exception? around) =>
        Assert.False(TransientFailures.IsTransient(Rpc(status, around)));

    public static TheoryData<Exception> Passing =>
    [
        new UnavailableException("away"), new TooManyException(TimeSpan.FromSeconds(1)), new UnexpectedException(Rpc(StatusCode.Unavailable, null)),
        RichStatus.ToRpcException(new TooManyException(TimeSpan.FromSeconds(1))),
        new NpgsqlException("the pool is exhausted", new TimeoutException()), new NpgsqlException("while reading from the stream", ConnectionReset), new PassingDbException(true),
        new HttpRequestException(HttpRequestError.ConnectionError), new HttpRequestException(HttpRequestError.NameResolutionError),
        new HttpRequestException(HttpRequestError.SecureConnectionError), new HttpRequestException(HttpRequestError.ProxyTunnelError),
        new HttpRequestException(HttpRequestError.HttpProtocolError), new HttpRequestException(HttpRequestError.ResponseEnded),
        new HttpRequestException("while copying", new IOException("reset")), new HttpIOException(HttpRequestError.ResponseEnded),
        new HttpRequestException("", null, HttpStatusCode.RequestTimeout), new HttpRequestException("", null, HttpStatusCode.TooManyRequests),
        new HttpRequestException("", null, HttpStatusCode.BadGateway), new HttpRequestException("", null, HttpStatusCode.ServiceUnavailable),
        new HttpRequestException("", null, HttpStatusCode.GatewayTimeout),
        ConnectionReset, new SocketException((int)SocketError.ConnectionRefused),
        new BrokenCircuitException(), new TimeoutRejectedException(), new OperationCanceledException(), new TaskCanceledException("HttpClient's", new TimeoutException()),
        new TimeoutException(), new InvalidOperationException("while saving", new TimeoutException()), new AggregateException(new TimeoutException(), ConnectionReset),
    ];

    [Theory]
    [MemberData(nameof(Passing))]
    public void What_was_called_and_could_not_now_passes(Exception failure) => Assert.True(TransientFailures.IsTransient(failure));

    public static TheoryData<Exception> Lasting =>
    [
        Unreadable(), new JsonException("", ConnectionReset), new FormatException("", new TimeoutException()), new InvalidDataException(),
        new IOException("disk"), new EndOfStreamException(), new FileNotFoundException(), new InvalidOperationException("bug"), new NullReferenceException(),
        new ConflictException("conflict", "no", new TimeoutException()), new NotFoundException(), new UnexpectedException(),
        new HttpRequestException(HttpRequestError.InvalidResponse), new HttpRequestException(HttpRequestError.UserAuthenticationError),
        new HttpRequestException("", null, HttpStatusCode.NotFound), new HttpRequestException("", null, HttpStatusCode.InternalServerError),
        new HttpIOException(HttpRequestError.InvalidResponse), new PassingDbException(false), new RegexMatchTimeoutException(), new AggregateException(),
        new AggregateException(new TimeoutException(), new InvalidOperationException()),
    ];

    [Theory]
    [MemberData(nameof(Lasting))]
    public void What_lies_in_the_data_or_in_the_code_stays_so(Exception failure) => Assert.False(TransientFailures.IsTransient(failure));

    private static PostgresException Postgres(string state) => new("no", "ERROR", "ERROR", state);

    private static RpcException Rpc(StatusCode status, Exception? around) => new(new Status(status, "no", around));

    private sealed class PassingDbException(bool passes) : DbException("no")
    {
        public override bool IsTransient => passes;
    }

    /// <summary>Thrown by the parser: the exception has no public constructor.</summary>
    private static InvalidProtocolBufferException Unreadable() => Assert.Throws<InvalidProtocolBufferException>(() => V1.ProbeRequest.Parser.ParseFrom([0xff, 0xff]));
}
