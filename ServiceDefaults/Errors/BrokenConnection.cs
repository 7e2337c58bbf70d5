using System.Net;
using System.Net.Sockets;
using Google.Protobuf;
using Grpc.Core;

namespace Shop.ServiceDefaults.Errors;

/// <summary>Whether a call failed because of what carries it: the other side may never have seen it, or its answer was lost.</summary>
internal static class BrokenConnection
{
    /// <summary>
    /// gRPC's client reports a connection that ended under a call as INTERNAL or UNKNOWN around the transport's exception: one to a server that answers no ping, for instance.
    /// An INTERNAL without one is the other side's own answer.
    /// </summary>
    public static bool IsCause(RpcException failure) =>
        failure.StatusCode is StatusCode.Internal or StatusCode.Unknown && IsTransports(failure.Status.DebugException ?? failure.InnerException);

    public static bool Is(HttpRequestException failure) => failure.StatusCode is { } answered
        ? answered is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
        : IsConnections(failure.HttpRequestError) || IsTransports(failure.InnerException);

    /// <summary>An I/O error of a connection. One of a file is none, nor is one that parsing has thrown.</summary>
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
