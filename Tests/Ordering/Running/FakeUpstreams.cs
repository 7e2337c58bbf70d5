using System.Collections.Concurrent;
using Grpc.Core;

namespace Shop.Ordering.Tests.Running;

/// <summary>
/// The services that sagas call. Every call is done at once, unless the test says otherwise. Inventory's Reserve is unavailable at first: checkouts wait, and orders
/// stay as they were placed.
/// </summary>
public sealed class FakeUpstreams : CallInvoker
{
    private readonly ConcurrentDictionary<string, Func<Task>> _answers = new()
    {
        ["Reserve"] = () => Task.FromException(new RpcException(new(StatusCode.Unavailable, "away"))),
    };

    private readonly ConcurrentQueue<string> _calls = [];

    public IReadOnlyList<string> Calls => [.. _calls];

    public void Forget() => _calls.Clear();

    public void Answer(string method) => _answers[method] = () => Task.CompletedTask;

    public void Answer(string method, Func<Task> answer) => _answers[method] = answer;

    public void Refuse(string method, string reason) => _answers[method] = () => Task.FromException(new RpcException(new(StatusCode.FailedPrecondition, reason)));

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        return new(AnswerAsync(), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });

        async Task<TResponse> AnswerAsync()
        {
            _calls.Enqueue(method.Name);
            if (_answers.TryGetValue(method.Name, out var answer))
                await answer().WaitAsync(options.CancellationToken);
            return Activator.CreateInstance<TResponse>();
        }
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        throw new NotSupportedException();

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();
}
