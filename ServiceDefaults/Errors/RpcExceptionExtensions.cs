using Google.Rpc;
using Grpc.Core;
using Shop.ServiceDefaults.Errors;

namespace Shop.ServiceDefaults.Errors;

/// <summary>Reads the details of an upstream's status.</summary>
public static class RpcExceptionExtensions
{
    /// <summary>The stable reason code, if the upstream gave one: "out_of_stock".</summary>
    public static string? Reason(this RpcException error) => RichStatus.Reason(error);

    /// <summary>The delay before a retry, if the upstream gave one.</summary>
    public static TimeSpan? RetryAfter(this RpcException error) => RichStatus.Read<RetryInfo>(error)?.RetryDelay?.ToTimeSpan();

    /// <summary>Messages by field; empty if the upstream gave none.</summary>
    public static IReadOnlyDictionary<string, string[]> FieldErrors(this RpcException error) =>
        RichStatus.Read<BadRequest>(error)?.FieldViolations
            .GroupBy(violation => violation.Field, violation => violation.Description)
            .ToDictionary(field => field.Key, field => field.ToArray()) ?? [];

    /// <summary>The upstream's error, with reason, fields and message, to be thrown to this service's caller.</summary>
    public static ShopException ToShopException(this RpcException error)
    {
        var message = error.Status.Detail;
        var reason = error.Reason();

        return error.StatusCode switch
        {
            StatusCode.NotFound => new NotFoundException(message, reason ?? "not_found", error),
            StatusCode.InvalidArgument or StatusCode.OutOfRange => Invalid(error, message),
            StatusCode.AlreadyExists or StatusCode.Aborted => new ConflictException(reason ?? "conflict", message, error),
            StatusCode.FailedPrecondition => new RefusedException(reason ?? "refused", message, error),
            StatusCode.PermissionDenied => new ForbiddenException(message, reason ?? "forbidden", error),
            StatusCode.Unauthenticated => new UnauthenticatedException(message, reason ?? "unauthenticated", error),
            StatusCode.ResourceExhausted => TooMany(error, message, reason),
            // Without the upstream's message, which may disclose hosts.
            StatusCode.Unavailable => Unavailable(error),
            StatusCode.DeadlineExceeded => new UnavailableException(
                "A part of the shop did not answer in time.", error.RetryAfter(), "timed_out", error),
            _ => TransientFailures.IsTransient(error) ? Unavailable(error) : new UnexpectedException(error),
        };
    }

    internal static UnavailableException Unavailable(RpcException error) =>
        new("A part of the shop is temporarily unavailable.", error.RetryAfter(), error.StatusCode == StatusCode.Unavailable ? error.Reason() ?? "unavailable" : "unavailable", error);

    private static InvalidException Invalid(RpcException error, string message)
    {
        var fields = error.FieldErrors();
        return fields.Count > 0 ? new InvalidException(fields, error) : new InvalidException(message, error);
    }

    // Without RetryInfo it is not a rate limit of the shop: the message or a buffer was too large.
    private static ShopException TooMany(RpcException error, string message, string? reason) =>
        error.RetryAfter() is { } retryAfter
            ? new TooManyException(retryAfter, message, reason ?? "too_many_requests", error)
            : new UnexpectedException(error);
}
