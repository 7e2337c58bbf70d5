using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;
using Shop.ServiceDefaults.Health;

namespace Shop.ServiceDefaults.Errors;

/// <summary>Translates every failure of a gRPC method to a status. Only errors meant for callers disclose their message.</summary>
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

            // Thrown by the package's health service: "not found" for an unknown service name.
            case RpcException ofHealthService when HealthRules.IsGrpcProbe(context.Method):
                return ofHealthService;

            case RpcException ofUpstream:
                var passed = Failures.OfUpstream(ofUpstream);
                LogUpstreamFailed(passed is UnavailableException ? LogLevel.Warning : LogLevel.Error, failure, context.Method);
                return passed.ToRpcException();

            case var _ when TransientFailures.IsTransient(failure):
                LogTransient(failure, context.Method);
                return new UnavailableException("A dependency is temporarily unavailable.").ToRpcException();

            default:
                LogUnexpected(failure, context.Method);
                return new UnexpectedException().ToRpcException();
        }
    }

    // The caller no longer waits for this response, and knows why: it is not logged.
    private RpcException GaveUp(ServerCallContext context) =>
        clock.GetUtcNow().UtcDateTime >= context.Deadline
            ? new RpcException(new Status(StatusCode.DeadlineExceeded, "The deadline has passed."))
            : new RpcException(new Status(StatusCode.Cancelled, "The caller cancelled the call."));

    [LoggerMessage(LogLevel.Debug, "{Method} answers {Status}: {Reason}")]
    private partial void LogRefused(string method, StatusCode status, string reason);

    [LoggerMessage(Message = "{Method} failed because an upstream failed")]
    private partial void LogUpstreamFailed(LogLevel level, Exception failure, string method);

    [LoggerMessage(LogLevel.Warning, "{Method} failed temporarily")]
    private partial void LogTransient(Exception failure, string method);

    [LoggerMessage(LogLevel.Error, "{Method} failed unexpectedly")]
    private partial void LogUnexpected(Exception failure, string method);
}
