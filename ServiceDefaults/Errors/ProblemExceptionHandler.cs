using Grpc.Core;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Shop.ServiceDefaults.Errors;

/// <summary>Translates every failure of an HTTP endpoint to problem details. Only errors meant for callers disclose their message.</summary>
internal sealed partial class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        if (exception is BadHttpRequestException unreadable && unreadable.StatusCode != StatusCodes.Status400BadRequest)
        {
            await Problems.WriteAsync(httpContext, Problems.Of(unreadable.StatusCode)).ConfigureAwait(false);
            return true;
        }

        var error = Translate(exception, httpContext.Request.Path);
        await Problems.WriteAsync(httpContext, Problems.Of(error), error.RetryAfter).ConfigureAwait(false);
        return true;
    }

    private ShopException Translate(Exception exception, string path)
    {
        switch (exception)
        {
            case ShopException error:
                return error;

            case BadHttpRequestException unreadable:
                return UnreadableBody.Explain(unreadable);

            case RpcException ofUpstream:
                var passed = ofUpstream.ToShopException();
                if (passed.HttpStatus >= 500)
                    LogUpstreamFailed(passed is UnavailableException ? LogLevel.Warning : LogLevel.Error, exception, path);
                return passed;

            case var _ when TransientFailures.IsTransient(exception):
                LogTransient(exception, path);
                return new UnavailableException("A dependency is temporarily unavailable.");

            default:
                LogUnexpected(exception, path);
                return new UnexpectedException();
        }
    }

    [LoggerMessage(Message = "{Path} failed because an upstream failed")]
    private partial void LogUpstreamFailed(LogLevel level, Exception failure, string path);

    [LoggerMessage(LogLevel.Warning, "{Path} failed temporarily")]
    private partial void LogTransient(Exception failure, string path);

    [LoggerMessage(LogLevel.Error, "{Path} failed unexpectedly")]
    private partial void LogUnexpected(Exception failure, string path);
}
