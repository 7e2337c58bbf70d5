using Grpc.Core;

namespace Shop.ServiceDefaults;

/// <summary>
/// The one family of errors that a service tells its callers. Message and reason are written for them: nothing in it may be secret.
/// Mapped once to a gRPC status with details, and once to problem details; any other exception is "internal error" outside.
/// </summary>
public abstract class ShopException : Exception
{
    private protected ShopException(StatusCode status, int httpStatus, string reason, string message, Exception? cause = null) : base(message, cause)
    {
        Status = status;
        HttpStatus = httpStatus;
        Reason = reason;
    }

    public StatusCode Status { get; }

    public int HttpStatus { get; }

    /// <summary>A stable code for programs, in snake_case: "out_of_stock".</summary>
    public string Reason { get; }

    /// <summary>When it is worth asking again, if that is known.</summary>
    public TimeSpan? RetryAfter { get; private protected init; }
}
