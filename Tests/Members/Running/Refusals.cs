using Grpc.Core;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Members.Tests.Running;

internal static class Refusals
{
    public static async Task<RpcException> RefusedAsync<T>(this AsyncUnaryCall<T> call, StatusCode status)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.True(refusal.StatusCode == status, $"{refusal.StatusCode}: {refusal.Status.Detail}");
        return refusal;
    }

    public static async Task<StatusCode> StatusAsync<T>(this AsyncUnaryCall<T> call)
    {
        try
        {
            await call;
            return StatusCode.OK;
        }
        catch (RpcException failure)
        {
            return failure.StatusCode;
        }
    }

    public static string[] Fields(this RpcException refusal) => [.. refusal.FieldErrors().Keys.Order(StringComparer.Ordinal)];
}
