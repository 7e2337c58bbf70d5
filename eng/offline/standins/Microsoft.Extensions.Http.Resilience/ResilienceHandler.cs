using Polly;

namespace Microsoft.Extensions.Http.Resilience;

#pragma warning disable EXTEXP0001 // The request in the context: experimental for others, this handler's own doing.

/// <summary>Sends every request through a pipeline. A request that is in one already (an outer handler) shares its context.</summary>
public class ResilienceHandler : DelegatingHandler
{
    private readonly Func<HttpRequestMessage, ResiliencePipeline<HttpResponseMessage>> _pipelineOf;

    public ResilienceHandler(Func<HttpRequestMessage, ResiliencePipeline<HttpResponseMessage>> pipelineProvider)
    {
        ArgumentNullException.ThrowIfNull(pipelineProvider);
        _pipelineOf = pipelineProvider;
    }

    public ResilienceHandler(ResiliencePipeline<HttpResponseMessage> pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        _pipelineOf = _ => pipeline;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var pipeline = _pipelineOf(request);
        using var scope = new ContextScope(request, cancellationToken);
        var outcome = await pipeline.ExecuteOutcomeAsync(SendAttemptAsync, scope.Context, (Handler: this, Request: request)).ConfigureAwait(false);
        outcome.ThrowIfException();
        return outcome.Result!;
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var pipeline = _pipelineOf(request);
        using var scope = new ContextScope(request, cancellationToken);
        return pipeline.Execute(
            static (context, state) => state.Handler.SendBase(CurrentRequest(context, state.Request), context.CancellationToken),
            scope.Context,
            (Handler: this, Request: request));
    }

    private static async ValueTask<Outcome<HttpResponseMessage>> SendAttemptAsync(
        ResilienceContext context, (ResilienceHandler Handler, HttpRequestMessage Request) state)
    {
        try
        {
            var request = CurrentRequest(context, state.Request);
            return Outcome.FromResult(await state.Handler.SendBaseAsync(request, context.CancellationToken).ConfigureAwait(context.ContinueOnCapturedContext));
        }
        catch (Exception e)
        {
            // The pipeline decides what becomes of it.
            return Outcome.FromException<HttpResponseMessage>(e);
        }
    }

    /// <summary>A strategy may have put another request into the context; whichever it is, it knows its context.</summary>
    private static HttpRequestMessage CurrentRequest(ResilienceContext context, HttpRequestMessage original)
    {
        var request = context.GetRequestMessage() ?? original;
        request.SetResilienceContext(context);
        return request;
    }

    private Task<HttpResponseMessage> SendBaseAsync(HttpRequestMessage request, CancellationToken cancellationToken) => base.SendAsync(request, cancellationToken);

    private HttpResponseMessage SendBase(HttpRequestMessage request, CancellationToken cancellationToken) => base.Send(request, cancellationToken);

    private readonly struct ContextScope : IDisposable
    {
        private readonly HttpRequestMessage _request;
        private readonly bool _isOwn;

        public ContextScope(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _request = request;
            var present = request.GetResilienceContext();
            _isOwn = present is null;
            Context = present ?? ResilienceContextPool.Shared.Get(cancellationToken);
            Context.SetRequestMessage(request);
            request.SetResilienceContext(Context);
        }

        public ResilienceContext Context { get; }

        public void Dispose()
        {
            _request.SetResilienceContext(_isOwn ? null : Context);
            if (_isOwn)
            {
                ResilienceContextPool.Shared.Return(Context);
            }
        }
    }
}
