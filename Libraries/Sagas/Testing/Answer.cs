using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace Shop.Sagas.Testing;

/// <summary>A scripted response of an upstream to a saga's step. Immutable; may be reused.</summary>
public sealed class Answer
{
    private readonly Func<IMessage?> _give;

    private Answer(Func<IMessage?> give) => _give = give;

    /// <summary>An empty response.</summary>
    public static Answer Done { get; } = new(() => null);

    /// <summary>This response.</summary>
    public static Answer Of(IMessage response) => new(() => response);

    /// <summary>A refusal: FAILED_PRECONDITION with this reason, in the services' format.</summary>
    public static Answer Refused(string reason) => new(() => throw new RpcException(new(StatusCode.FailedPrecondition, reason), new Metadata
    {
        {
            "grpc-status-details-bin",
            new Google.Rpc.Status { Code = (int)StatusCode.FailedPrecondition, Message = reason, Details = { Any.Pack(new ErrorInfo { Reason = reason, Domain = "shop" }) } }.ToByteArray()
        },
    }));

    /// <summary>A failure after which the outcome is unknown.</summary>
    public static Answer Fails(StatusCode status = StatusCode.Unavailable) => new(() => throw new RpcException(new(status, status.ToString())));

    internal TResponse Give<TResponse>() where TResponse : class => (TResponse?)_give() ?? Activator.CreateInstance<TResponse>();
}
