using Grpc.Core;

namespace Shop.ServiceDefaults;

/// <summary>There is no such thing, or not for this caller: 404.</summary>
public sealed class NotFoundException(string message = "Not found.", string reason = "not_found", Exception? cause = null)
    : ShopException(StatusCode.NotFound, 404, reason, message, cause);

/// <summary>It clashes with what is already there or under way: 409.</summary>
public sealed class ConflictException(string reason, string message, Exception? cause = null)
    : ShopException(StatusCode.AlreadyExists, 409, reason, message, cause);

/// <summary>The request is well-formed, and the business says no: 422. Asking again changes nothing.</summary>
public sealed class RefusedException(string reason, string message, Exception? cause = null)
    : ShopException(StatusCode.FailedPrecondition, 422, reason, message, cause);

/// <summary>The caller is known and may not do this: 403.</summary>
public sealed class ForbiddenException(string message = "You may not do this.", string reason = "forbidden", Exception? cause = null)
    : ShopException(StatusCode.PermissionDenied, 403, reason, message, cause);

/// <summary>It is not known who calls: 401.</summary>
public sealed class UnauthenticatedException(string message = "Sign in first.", string reason = "unauthenticated", Exception? cause = null)
    : ShopException(StatusCode.Unauthenticated, 401, reason, message, cause);

/// <summary>Asked too often: 429 with Retry-After.</summary>
public sealed class TooManyException : ShopException
{
    public TooManyException(TimeSpan retryAfter, string message = "Too many requests.", string reason = "too_many_requests", Exception? cause = null)
        : base(StatusCode.ResourceExhausted, 429, reason, message, cause) => RetryAfter = retryAfter;
}

/// <summary>Something needed is away; the same request may succeed later: 503.</summary>
public sealed class UnavailableException : ShopException
{
    public UnavailableException(string message, TimeSpan? retryAfter = null, string reason = "unavailable", Exception? cause = null)
        : base(StatusCode.Unavailable, 503, reason, message, cause) => RetryAfter = retryAfter;
}

/// <summary>An upstream failed in a way that says nothing to callers: 500. Never thrown to report an error of one's own.</summary>
public sealed class UnexpectedException(Exception? cause = null)
    : ShopException(StatusCode.Internal, 500, "internal", "internal error", cause);
