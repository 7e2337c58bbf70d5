using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;
using Shop.ServiceDefaults.Health;

namespace Shop.ServiceDefaults.Errors;

/// <summary>Every failure of a gRPC method leaves through here, and only what was meant for the caller gets out.</summary>
internal sealed partial class ErrorInterceptor(TimeProvider clock, ILogger<ErrorInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            throw Translate(failure, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            throw Translate(failure, context);
        }
    }

    private RpcException Translate(Exception failure, ServerCallContext context)
    {
        if (context.CancellationToken.IsCancellationRequested
            && failure is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled or StatusCode.DeadlineExceeded })
            return GaveUp(context);

        switch (failure)
        {
            case ShopException error:
                LogRefused(context.Method, error.Status, error.Reason);
                return error.ToRpcException();

            // Thrown by the health service itself, which is a package's and knows no exceptions of ours: "not found", for a name it does not know.
            case RpcException ofHealthService when HealthRules.IsGrpcProbe(context.Method):
                return ofHealthService;

            case RpcException ofUpstream:
                var passed = Failures.OfUpstream(ofUpstream);
                LogUpstreamFailed(passed is UnavailableException ? LogLevel.Warning : LogLevel.Error, failure, context.Method);
                return passed.ToRpcException();

            case var _ when TransientFailures.IsTransient(failure):
                LogTransient(failure, context.Method);
                return new UnavailableException("Something that is needed is away for the moment.").ToRpcException();

            default:
                LogUnexpected(failure, context.Method);
                return new UnexpectedException().ToRpcException();
        }
    }

    // Nobody waits for this answer any more; a word in the log would only repeat what the caller knows.
    private RpcException GaveUp(ServerCallContext context) =>
        clock.GetUtcNow().UtcDateTime >= context.Deadline
            ? new RpcException(new Status(StatusCode.DeadlineExceeded, "The deadline is over."))
            : new RpcException(new Status(StatusCode.Cancelled, "The caller gave up."));

    [LoggerMessage(1, LogLevel.Debug, "{Method} answers {Status}: {Reason}")]
    private partial void LogRefused(string method, StatusCode status, string reason);

    [LoggerMessage(EventId = 2, Message = "{Method} failed because an upstream failed")]
    private partial void LogUpstreamFailed(LogLevel level, Exception failure, string method);

    [LoggerMessage(3, LogLevel.Warning, "{Method} failed for the moment")]
    private partial void LogTransient(Exception failure, string method);

    [LoggerMessage(4, LogLevel.Error, "{Method} failed unexpectedly")]
    private partial void LogUnexpected(Exception failure, string method);
}
