using Google.Rpc;
using Grpc.Core;
using Shop.ServiceDefaults.Errors;

namespace Shop.ServiceDefaults;

/// <summary>What an upstream said, read back from its status.</summary>
public static class RpcExceptionExtensions
{
    /// <summary>The stable reason code, if the upstream gave one: "out_of_stock".</summary>
    public static string? Reason(this RpcException error) => RichStatus.Reason(error);

    public static TimeSpan? RetryAfter(this RpcException error) => RichStatus.Read<RetryInfo>(error)?.RetryDelay?.ToTimeSpan();

    /// <summary>Field → messages; empty where the upstream named none.</summary>
    public static IReadOnlyDictionary<string, string[]> FieldErrors(this RpcException error) =>
        RichStatus.Read<BadRequest>(error)?.FieldViolations
            .GroupBy(violation => violation.Field, violation => violation.Description)
            .ToDictionary(field => field.Key, field => field.ToArray()) ?? [];

    /// <summary>The upstream's error as if it were ours, with reason, fields and all: for handing it on to one's own caller.</summary>
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
            // Their texts tell of hosts and sockets.
            StatusCode.Unavailable => Away(error),
            StatusCode.DeadlineExceeded => new UnavailableException(
                "A part of the shop did not answer in time.", error.RetryAfter(), "timed_out", error),
            _ => TransientFailures.IsTransient(error) ? Away(error) : new UnexpectedException(error),
        };
    }

    internal static UnavailableException Away(RpcException error) =>
        new("A part of the shop is away for the moment.", error.RetryAfter(), error.StatusCode == StatusCode.Unavailable ? error.Reason() ?? "unavailable" : "unavailable", error);

    private static InvalidException Invalid(RpcException error, string message)
    {
        var fields = error.FieldErrors();
        return fields.Count > 0 ? new InvalidException(fields, error) : new InvalidException(message, error);
    }

    // Without RetryInfo it was no limit of the shop's: a message that was too large, a buffer that was full.
    private static ShopException TooMany(RpcException error, string message, string? reason) =>
        error.RetryAfter() is { } retryAfter
            ? new TooManyException(retryAfter, message, reason ?? "too_many_requests", error)
            : new UnexpectedException(error);
}
