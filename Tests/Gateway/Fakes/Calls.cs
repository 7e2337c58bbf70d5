using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Shop.Testing;

namespace Shop.Gateway.Tests.Fakes;

/// <summary>The requests that came to a fake service, with the last token, and the answers instead of the usual ones.</summary>
public sealed class Calls
{
    private readonly Lock _lock = new();
    private readonly List<object> _requests = [];
    private Func<object, CancellationToken, Task<object?>> _instead = (_, _) => Task.FromResult<object?>(null);

    /// <summary>The bearer token of the last call.</summary>
    public string LastToken { get; private set; } = "";

    public void Reset()
    {
        lock (_lock)
            _requests.Clear();
        _instead = (_, _) => Task.FromResult<object?>(null);
    }

    public T Last<T>()
    {
        lock (_lock)
            return _requests.OfType<T>().Last();
    }

    public IReadOnlyList<T> All<T>()
    {
        lock (_lock)
            return [.. _requests.OfType<T>()];
    }

    public int Count<T>()
    {
        lock (_lock)
            return _requests.OfType<T>().Count();
    }

    public void Answer<TRequest>(Func<TRequest, object> answer) =>
        _instead = (request, _) => Task.FromResult<object?>(request is TRequest typed ? answer(typed) : null);

    public void Fail(StatusCode status, string detail = "internal words of that service") => Fail(new RpcException(new(status, detail)));

    public void Fail(RpcException failure) => _instead = (_, _) => throw failure;

    /// <summary>As a service refuses these fields.</summary>
    public void Refuse(params string[] fields)
    {
        var violations = new BadRequest { FieldViolations = { fields.Select(field => new BadRequest.Types.FieldViolation { Field = field, Description = "is refused by the service" }) } };
        var status = new Google.Rpc.Status { Code = (int)StatusCode.InvalidArgument, Details = { Any.Pack(violations) } };
        Fail(new RpcException(new(StatusCode.InvalidArgument, "no"), new Metadata { { "grpc-status-details-bin", status.ToByteArray() } }));
    }

    /// <summary>Answers nothing until the caller has gone.</summary>
    public void Hang() => _instead = async (_, gone) =>
    {
        await Unanswered.UntilAsync(gone);
        return null;
    };

    /// <summary>They answer as usual, but none before all of them have been called.</summary>
    public static void Together(params Calls[] services)
    {
        var called = services.Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).ToArray();
        foreach (var (i, service) in services.Index())
        {
            service._instead = async (_, gone) =>
            {
                called[i].TrySetResult();
                await Task.WhenAll(called.Select(call => call.Task)).WaitAsync(gone);
                return null;
            };
        }
    }

    public async Task<TResponse> TakeAsync<TResponse>(object request, ServerCallContext context, TResponse usual) where TResponse : class
    {
        lock (_lock)
            _requests.Add(request);
        LastToken = context.RequestHeaders.GetValue("authorization")?["Bearer ".Length..] ?? "";
        return await _instead(request, context.CancellationToken) as TResponse ?? usual;
    }
}
