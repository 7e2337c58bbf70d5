using Grpc.Core;
using Grpc.Core.Interceptors;
using Shop.GrpcClients.Connections;
using Shop.GrpcClients.Tokens;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;

namespace Shop.GrpcClients.Calls;

/// <summary>Applies deadline, bulkhead, token and breaker to every call of one upstream. The gRPC client's own retries run below them.</summary>
internal sealed class UpstreamInterceptor(
    string upstream, GrpcClientOptions options, UpstreamCircuit circuit, IncomingCall incoming, ServiceTokens tokens, UpstreamMetrics metrics, TimeProvider clock)
    : Interceptor
{
    private const int MaxAttemptsWithOwnToken = 2;

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var call = new PendingCall<TResponse>();
        var response = MeasuredAsync(request, context, continuation, call);

        return new AsyncUnaryCall<TResponse>(
            response, static state => ((PendingCall<TResponse>)state).HeadersAsync(), static state => ((PendingCall<TResponse>)state).Status(),
            static state => ((PendingCall<TResponse>)state).Trailers(), static state => ((PendingCall<TResponse>)state).Dispose(), call.Of(response));
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        circuit.ThrowIfOpen();
        var stream = new PendingStream<TResponse>(upstream, CallLimits.Of(context.Options, incoming, options.StreamTimeout, clock), async limits =>
        {
            var authorization = await AuthorizationAsync(limits.Cancelled).ConfigureAwait(false);
            return continuation(request, With(context, limits.Deadline, authorization, limits.Cancelled));
        });

        return new AsyncServerStreamingCall<TResponse>(
            stream, static state => ((PendingStream<TResponse>)state).HeadersAsync(), static state => ((PendingStream<TResponse>)state).Status(),
            static state => ((PendingStream<TResponse>)state).Trailers(), static state => ((PendingStream<TResponse>)state).Dispose(), stream);
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, BlockingUnaryCallContinuation<TRequest, TResponse> continuation) =>
        throw new NotSupportedException($"{context.Method.FullName} would block a thread: call {context.Method.Name}Async.");

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation) =>
        throw new NotSupportedException($"{context.Method.FullName}: streams from the client are not made in this shop.");

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation) =>
        throw new NotSupportedException($"{context.Method.FullName}: streams from the client are not made in this shop.");

    private async Task<TResponse> MeasuredAsync<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation,
        PendingCall<TResponse> call)
        where TRequest : class
        where TResponse : class
    {
        var started = clock.GetTimestamp();
        var status = StatusCode.OK;
        try
        {
            return await UnaryAsync(request, context, continuation, call).ConfigureAwait(false);
        }
        catch (RpcException failure)
        {
            status = failure.StatusCode;
            throw;
        }
        catch (OperationCanceledException)
        {
            status = StatusCode.Cancelled;
            throw;
        }
        finally
        {
            metrics.Ended(upstream, context.Method.FullName, status, clock.GetElapsedTime(started));
        }
    }

    private async Task<TResponse> UnaryAsync<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation,
        PendingCall<TResponse> call)
        where TRequest : class
        where TResponse : class
    {
        using var limits = CallLimits.Of(context.Options, incoming, options.Timeout + options.QueueTimeout, clock);
        using var permit = await circuit.AcquireAsync(limits).ConfigureAwait(false);
        for (var attempt = 1; ; attempt++)
        {
            var authorization = await AuthorizationAsync(limits.Cancelled).ConfigureAwait(false);
            var now = clock.GetUtcNow().UtcDateTime;
            var deadline = limits.DeadlineWithin(options.Timeout, now);
            var limited = With(context, deadline, authorization, limits.Cancelled);

            try
            {
                if (UpstreamProbe.Is(context.Method))
                    return await call.Start(continuation(request, limited)).ConfigureAwait(false);

                return await circuit.CallAsync(
                    static run => run.call.Start(run.continuation(run.request, run.limited)), (call, continuation, request, limited),
                    hadFairTime: deadline - now >= options.EnoughTime).ConfigureAwait(false);
            }
            catch (RpcException failure) when (failure.StatusCode == StatusCode.Cancelled && limits.Cancelled.IsCancellationRequested)
            {
                throw new OperationCanceledException($"The call of {context.Method.FullName} was cancelled.", failure, limits.Cancelled);
            }
            catch (RpcException failure) when (failure.StatusCode == StatusCode.Unauthenticated
                && authorization.OwnToken is { } refused && failure.Reason() == AccessRefusals.TokenInvalid)
            {
                // The upstream refused this service's own token: its clock is ahead, or the signing key was withdrawn. The call had no effect, so it may be repeated with a new token.
                tokens.Invalidate(upstream, refused);
                if (attempt == MaxAttemptsWithOwnToken)
                    throw UpstreamErrors.TokenRefused(upstream, failure);
            }
            catch (RpcException failure) when (BrokenConnection.IsCause(failure))
            {
                throw UpstreamErrors.Broken(upstream, failure);
            }
        }
    }

    private async ValueTask<Authorization> AuthorizationAsync(CancellationToken cancel)
    {
        if (options.Anonymous)
            return default;
        if (options.PassMemberToken && incoming.MemberAuthorization() is { Length: > 0 } passed)
            return new(passed, null);

        try
        {
            var token = await tokens.GetAsync(upstream, cancel).ConfigureAwait(false);
            return new($"Bearer {token}", token);
        }
        catch (UnavailableException failure)
        {
            // To the calling code the upstream is unavailable; it handles one kind of exception.
            throw RichStatus.ToRpcException(failure);
        }
    }

    private static ClientInterceptorContext<TRequest, TResponse> With<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, DateTime deadline, Authorization authorization, CancellationToken cancelled)
        where TRequest : class
        where TResponse : class
    {
        var call = context.Options.WithDeadline(deadline).WithCancellationToken(cancelled);
        if (authorization.Header is not null)
        {
            var headers = new Metadata { { "authorization", authorization.Header } };
            foreach (var header in call.Headers ?? [])
                headers.Add(header);
            call = call.WithHeaders(headers);
        }

        return new(context.Method, context.Host, call);
    }

    private readonly record struct Authorization(string? Header, string? OwnToken);
}
