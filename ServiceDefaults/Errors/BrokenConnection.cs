using System.Net;
using System.Net.Sockets;
using Google.Protobuf;
using Grpc.Core;

namespace Shop.ServiceDefaults.Errors;

/// <summary>Recognises failures of the transport: the request may not have arrived, or its response was lost.</summary>
internal static class BrokenConnection
{
    /// <summary>
    /// The gRPC client reports a connection that broke during a call as INTERNAL or UNKNOWN with the transport's exception, for instance after unanswered pings.
    /// An INTERNAL without such an exception is the server's own status.
    /// </summary>
    public static bool IsCause(RpcException failure) =>
        failure.StatusCode is StatusCode.Internal or StatusCode.Unknown && IsTransports(failure.Status.DebugException ?? failure.InnerException);

    public static bool Is(HttpRequestException failure) => failure.StatusCode is { } answered
        ? answered is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
        : IsConnections(failure.HttpRequestError) || IsTransports(failure.InnerException);

    /// <summary>True for an I/O error of a connection, not of a file or a parser.</summary>
    public static bool Is(IOException failure) => failure switch
    {
        HttpIOException http => IsConnections(http.HttpRequestError),
        { InnerException: SocketException } => true,
        _ => false,
    };

    private static bool IsTransports(Exception? failure) => failure switch
    {
        null => false,
        InvalidProtocolBufferException => false,
        HttpRequestException http => Is(http),
        IOException or SocketException => true,
        _ => IsTransports(failure.InnerException),
    };

    private static bool IsConnections(HttpRequestError error) => error is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
        or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError or HttpRequestError.HttpProtocolError or HttpRequestError.ResponseEnded;
}
