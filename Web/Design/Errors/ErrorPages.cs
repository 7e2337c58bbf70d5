using System.Diagnostics;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shop.Design.Gateway;
using Shop.Design.Pages;
using Shop.Design.Security;
using Shop.Design.Sessions;
using Shop.ServiceDefaults.Errors;

namespace Shop.Design.Errors;

/// <summary>Failures and unknown addresses, as pages with a way on.</summary>
internal sealed partial class ErrorPages<TPage>(RequestDelegate next, ILogger<ErrorPages<TPage>> logger) where TPage : IComponent
{
    // Read by programs, which get the problem details of every service.
    private static readonly string[] NoPages = ["/health", "/alive"];

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (Exception failure) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            await AnswerAsync(http, failure);
            return;
        }

        if (http.Response is { HasStarted: false, StatusCode: 404 or 405 or 400, ContentType: null, ContentLength: null } && !NoPages.Contains(http.Request.Path.Value))
            await ShowAsync(http, http.Response.StatusCode);
    }

    private async Task AnswerAsync(HttpContext http, Exception failure)
    {
        switch (failure)
        {
            case SignedOutException or ApiException { Status: 401 }:
                http.Response.Clear();
                await Go.To(http, $"/sign-in?return={Uri.EscapeDataString(ReturnPath(http))}").ExecuteAsync(http);
                break;
            case ForeignFormException:
                await ShowAsync(http, 403);
                break;
            case ApiException { Status: 404, IsUnavailable: false }:
                await ShowAsync(http, 404);
                break;
            case ApiException { Status: 429 } many:
                await ShowAsync(http, 429, many.RetryAfter ?? TimeSpan.FromMinutes(1));
                break;
            case ApiException { IsUnavailable: true } or UnavailableException:
                LogUnavailable(failure, http.Request.Path);
                await ShowAsync(http, 503, TimeSpan.FromSeconds(5));
                break;
            case ApiException { Status: 400 or 403 } refused:
                // What a form could send, its page explains; this is an address that was made by hand.
                await ShowAsync(http, refused.Status);
                break;
            case ApiException { Status: 413 }:
                // What this program could still read may be too long for the API: as JSON some characters take six bytes.
                await ShowAsync(http, 413);
                break;
            case ApiException { Status: 414 or 431 }:
                await ShowAsync(http, 400);
                break;
            case BadHttpRequestException { StatusCode: var status }:
                await ShowAsync(http, status);
                break;
            default:
                LogFailed(failure, http.Request.Path);
                await ShowAsync(http, 500);
                break;
        }
    }

    private static Task ShowAsync(HttpContext http, int status, TimeSpan? retryAfter = null)
    {
        http.Response.Clear();
        if (retryAfter is { } wait)
            http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString();
        var model = new ErrorModel(status, retryAfter, (Activity.Current?.TraceId ?? ActivityTraceId.CreateRandom()).ToHexString());
        return View.Of<TPage>(model, status).ExecuteAsync(http);
    }

    /// <summary>A form cannot be asked for again: back to its page.</summary>
    private static string ReturnPath(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method))
            return $"{http.Request.Path}{http.Request.QueryString}";

        var from = Uri.TryCreate(http.Request.Headers.Referer.ToString(), UriKind.Absolute, out var referer) ? referer.PathAndQuery : "/";
        return LocalPath.Of(from.StartsWith($"{http.Request.PathBase}/", StringComparison.Ordinal) ? from[http.Request.PathBase.Value!.Length..] : "/", "/");
    }

    [LoggerMessage(LogLevel.Warning, "{Path} is answered with 503: a part of the shop is unavailable")]
    private partial void LogUnavailable(Exception failure, string path);

    [LoggerMessage(LogLevel.Error, "{Path} failed unexpectedly")]
    private partial void LogFailed(Exception failure, string path);
}
