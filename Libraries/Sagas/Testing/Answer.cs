using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace Shop.Sagas.Testing;

/// <summary>What an upstream says when a saga's step calls it.</summary>
public sealed class Answer
{
    private readonly Func<IMessage?> _give;

    private Answer(Func<IMessage?> give) => _give = give;

    /// <summary>An empty response.</summary>
    public static Answer Done { get; } = new(() => null);

    public static Answer Of(IMessage response) => new(() => response);

    /// <summary>The business says no: FAILED_PRECONDITION with that reason, as the services say it.</summary>
    public static Answer Refused(string reason) => new(() => throw new RpcException(new(StatusCode.FailedPrecondition, reason), new Metadata
    {
        {
            "grpc-status-details-bin",
            new Google.Rpc.Status { Code = (int)StatusCode.FailedPrecondition, Message = reason, Details = { Any.Pack(new ErrorInfo { Reason = reason, Domain = "shop" }) } }.ToByteArray()
        },
    }));

    /// <summary>It is not known whether it happened.</summary>
    public static Answer Fails(StatusCode status = StatusCode.Unavailable) => new(() => throw new RpcException(new(status, status.ToString())));

    internal TResponse Give<TResponse>() where TResponse : class => (TResponse?)_give() ?? Activator.CreateInstance<TResponse>();
}
