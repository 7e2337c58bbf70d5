using Grpc.Core;
using Shop.ServiceDefaults;

namespace Shop.Payments.Tests.Running;

/// <summary>Assertions of failed calls.</summary>
internal static class Answers
{
    public static async Task RefusedAsync(string reason, Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal((StatusCode.FailedPrecondition, reason), (failure.StatusCode, failure.Reason()));
    }

    public static async Task FailsAsync(StatusCode status, Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(status, failure.StatusCode);
    }
}
