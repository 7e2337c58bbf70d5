using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Shop.ServiceDefaults.Errors;

/// <summary>Problem details (RFC 9457) of every HTTP endpoint of the shop.</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    private const string TypePrefix = "urn:shop:problem:";

    // It is not known when an unavailable upstream recovers: reconnecting or finding another replica takes about this.
    private static readonly TimeSpan RetryUnavailableAfter = TimeSpan.FromSeconds(1);

    public static ProblemDetails Of(ShopException error)
    {
        var problem = new ProblemDetails
        {
            Status = error.HttpStatus,
            Type = TypePrefix + error.Reason,
            Title = Title(error.HttpStatus),
            Detail = error is UnexpectedException ? null : error.Message,
        };
        // A reason that only repeats the status is left out.
        if (error.Reason != Kind(error.HttpStatus))
            problem.Extensions["reason"] = error.Reason;
        if (error is InvalidException { Errors.Count: > 0 } invalid)
            problem.Extensions["errors"] = invalid.Errors;

        return problem;
    }

    public static ProblemDetails Of(int status, string? detail = null) => new() { Status = status, Detail = detail };

    /// <summary>Adds the members that every problem has, also one written by an endpoint.</summary>
    public static void Complete(HttpContext context, ProblemDetails problem) => Complete(context.Response.StatusCode, problem);

    public static void Complete(int answered, ProblemDetails problem)
    {
        var status = problem.Status ??= answered;

        // The framework's default is a link to the RFC; clients need a type that identifies the problem.
        if (problem.Type is null || problem.Type.StartsWith("https://tools.ietf.org/", StringComparison.Ordinal))
            problem.Type = TypePrefix + Kind(status);
        problem.Title ??= Title(status);
        // Always present, so that clients may rely on it: random if there is no trace.
        problem.Extensions["traceId"] = (Activity.Current?.TraceId ?? ActivityTraceId.CreateRandom()).ToHexString();
    }

    public static async Task WriteAsync(HttpContext context, ProblemDetails problem, TimeSpan? retryAfter = null)
    {
        Complete(context, problem);
        context.Response.StatusCode = problem.Status!.Value;
        context.Response.Headers.CacheControl = "no-store";
        retryAfter ??= problem.Status == StatusCodes.Status503ServiceUnavailable ? RetryUnavailableAfter : null;
        if (retryAfter is { } wait)
            context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

        await context.Response
            .WriteAsJsonAsync(problem, ProblemJson.Default.ProblemDetails, ContentType, context.RequestAborted)
            .ConfigureAwait(false);
    }

    private static string Kind(int status) => status switch
    {
        400 => "invalid",
        401 => "unauthenticated",
        403 => "forbidden",
        404 => "not_found",
        405 => "method_not_allowed",
        408 => "request_timed_out",
        409 => "conflict",
        413 => "too_large",
        414 => "uri_too_long",
        415 => "unsupported_media_type",
        422 => "refused",
        429 => "too_many_requests",
        431 => "headers_too_large",
        500 => "internal",
        503 => "unavailable",
        _ => $"status_{status}",
    };

    private static string Title(int status) => status switch
    {
        400 => "The request is not valid.",
        422 => "The request was refused.",
        500 => "Something went wrong on our side.",
        503 => "Temporarily unavailable.",
        _ => ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "The request failed.",
    };
}
