using Grpc.Core;

namespace Shop.ServiceDefaults.Errors;

/// <summary>It does not exist, or not for this caller: 404.</summary>
public sealed class NotFoundException(string message = "Not found.", string reason = "not_found", Exception? cause = null)
    : ShopException(StatusCode.NotFound, 404, reason, message, cause);

/// <summary>It conflicts with existing data or a concurrent request: 409.</summary>
public sealed class ConflictException(string reason, string message, Exception? cause = null)
    : ShopException(StatusCode.AlreadyExists, 409, reason, message, cause);

/// <summary>The request is valid, but a business rule refuses it: 422. A retry does not help.</summary>
public sealed class RefusedException(string reason, string message, Exception? cause = null)
    : ShopException(StatusCode.FailedPrecondition, 422, reason, message, cause);

/// <summary>The caller is authenticated, but not allowed to do this: 403.</summary>
public sealed class ForbiddenException(string message = "You may not do this.", string reason = "forbidden", Exception? cause = null)
    : ShopException(StatusCode.PermissionDenied, 403, reason, message, cause);

/// <summary>The caller is not authenticated: 401.</summary>
public sealed class UnauthenticatedException(string message = "Sign in first.", string reason = "unauthenticated", Exception? cause = null)
    : ShopException(StatusCode.Unauthenticated, 401, reason, message, cause);

/// <summary>A rate limit was exceeded: 429 with Retry-After.</summary>
public sealed class TooManyException : ShopException
{
    /// <summary>Creates the error.</summary>
    public TooManyException(TimeSpan retryAfter, string message = "Too many requests.", string reason = "too_many_requests", Exception? cause = null)
        : base(StatusCode.ResourceExhausted, 429, reason, message, cause) => RetryAfter = retryAfter;
}

/// <summary>A dependency is unavailable; the same request may succeed later: 503.</summary>
public sealed class UnavailableException : ShopException
{
    /// <summary>Creates the error.</summary>
    public UnavailableException(string message, TimeSpan? retryAfter = null, string reason = "unavailable", Exception? cause = null)
        : base(StatusCode.Unavailable, 503, reason, message, cause) => RetryAfter = retryAfter;
}

/// <summary>An unexpected failure, whose details are not disclosed: 500. Not for a service's own errors.</summary>
public sealed class UnexpectedException(Exception? cause = null)
    : ShopException(StatusCode.Internal, 500, "internal", "internal error", cause);
