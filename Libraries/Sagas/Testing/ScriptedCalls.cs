using Google.Protobuf;
using Grpc.Core;

namespace Shop.Sagas.Testing;

/// <summary>The call invoker of every gRPC client in a test: records the requests and returns scripted responses, by method name.</summary>
internal sealed class ScriptedCalls : CallInvoker
{
    private readonly Dictionary<string, Queue<Answer>> _answers = [];

    public List<(string Method, IMessage Request)> Calls { get; } = [];

    /// <summary>The same calls by the methods' full names: "/shop.inventory.v1.InventoryService/Reserve".</summary>
    public List<string> FullNames { get; } = [];

    /// <summary>In order; the last one is repeated.</summary>
    public void On(string method, IEnumerable<Answer> answers) => _answers[method] = new(answers);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        Calls.Add((method.Name, (IMessage)(object)request));
        FullNames.Add(method.FullName);
        var answer = Answer.Done;
        if (_answers.TryGetValue(method.Name, out var answers))
            answer = answers.Count > 1 ? answers.Dequeue() : answers.Peek();
        return new(GiveAsync(), Task.FromResult(Metadata.Empty), () => Grpc.Core.Status.DefaultSuccess, () => Metadata.Empty, () => { });

        async Task<TResponse> GiveAsync()
        {
            await Task.Yield();
            return answer.Give<TResponse>();
        }
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw Unsupported();

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw Unsupported();

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) => throw Unsupported();

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) => throw Unsupported();

    private static NotSupportedException Unsupported() => new("A saga's step is one asynchronous unary call.");
}
