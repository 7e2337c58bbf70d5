using Grpc.Core;

namespace Shop.ServiceDefaults.Errors;

/// <summary>
/// The errors that a service reports to its callers. Message and reason are shown to them and must not hold secrets.
/// Mapped to a gRPC status with details or to problem details; any other exception is reported as "internal error".
/// </summary>
public abstract class ShopException : Exception
{
    private protected ShopException(StatusCode status, int httpStatus, string reason, string message, Exception? cause = null) : base(message, cause)
    {
        Status = status;
        HttpStatus = httpStatus;
        Reason = reason;
    }

    /// <summary>The gRPC status.</summary>
    public StatusCode Status { get; }

    /// <summary>The HTTP status.</summary>
    public int HttpStatus { get; }

    /// <summary>A stable code for programs, in snake_case: "out_of_stock".</summary>
    public string Reason { get; }

    /// <summary>The delay before a retry; null: unknown, or a retry does not help.</summary>
    public TimeSpan? RetryAfter { get; private protected init; }
}
