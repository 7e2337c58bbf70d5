using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace Shop.ServiceDefaults.Errors;

/// <summary>The shop's errors as google.rpc.Status, in the trailer that gRPC libraries of all languages use.</summary>
internal static class RichStatus
{
    private const string Domain = "shop";

    /// <summary>Limits the size of the trailer. An order of 50 lines can have 112 bad fields.</summary>
    private const int MaxViolations = 150;

    public static RpcException ToRpcException(this ShopException error) => Write(error).ToRpcException();

    public static Google.Rpc.Status Write(ShopException error)
    {
        var status = new Google.Rpc.Status { Code = (int)error.Status, Message = error.Message };

        status.Details.Add(Any.Pack(new ErrorInfo { Reason = error.Reason, Domain = Domain }));
        if (error is InvalidException invalid && invalid.Errors.Count > 0)
            status.Details.Add(Any.Pack(Violations(invalid)));
        if (error.RetryAfter is { } retryAfter)
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(retryAfter) }));

        return status;
    }

    public static string? Reason(RpcException error) => Read<ErrorInfo>(error)?.Reason is { Length: > 0 } reason ? reason : null;

    public static T? Read<T>(RpcException error) where T : class, IMessage<T>, new()
    {
        try
        {
            return error.GetRpcStatus()?.GetDetail<T>();
        }
        catch (InvalidProtocolBufferException)
        {
            // An invalid trailer is ignored: the status code is enough.
            return null;
        }
    }

    private static BadRequest Violations(InvalidException invalid)
    {
        var violations =
            from error in invalid.Errors
            from message in error.Value
            select new BadRequest.Types.FieldViolation { Field = error.Key, Description = message };

        return new BadRequest { FieldViolations = { violations.Take(MaxViolations) } };
    }
}
