// Where it is linked, it is known.
global using Shop.Testing.Xunit;
using Grpc.Core;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Xunit;

namespace Shop.Testing.Xunit;

/// <summary>Assertions of failed calls. Compiled into the test projects that link it: the library beside it does not know xunit.</summary>
internal static class Answers
{
    public static async Task RefusedAsync(string reason, Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal((StatusCode.FailedPrecondition, reason), (failure.StatusCode, failure.Reason()));
    }

    public static async Task ConflictsAsync(string reason, Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal((StatusCode.AlreadyExists, reason), (failure.StatusCode, failure.Reason()));
    }

    public static async Task FailsAsync(StatusCode status, Func<Task> call) =>
        Assert.Equal(status, (await Assert.ThrowsAsync<RpcException>(call)).StatusCode);

    /// <summary>"done", the reason of a refusal, or else the status.</summary>
    public static async Task<string> OfAsync(Func<Task> call)
    {
        try
        {
            await call();
            return "done";
        }
        catch (RpcException failure)
        {
            return failure.StatusCode == StatusCode.FailedPrecondition ? failure.Reason()! : failure.StatusCode.ToString();
        }
    }
}
