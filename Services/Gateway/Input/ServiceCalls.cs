using Grpc.Core;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Gateway.Input;

internal static class ServiceCalls
{
    /// <summary>
    /// A service's answer, or one problem with all bad fields: those that do not fit into the request, which the gateway has found, and those that the service refuses.
    /// With the former the call must change nothing (it reads, or has <c>validate_only</c>); its only purpose is to get the latter.
    /// </summary>
    /// <param name="unmapped">The fields that do not fit into the request.</param>
    /// <param name="names">What a field of the request is called in the public API, where that differs: ("lines", "items").</param>
    /// <exception cref="InvalidException">With the names of the public API.</exception>
    public static async Task<TResponse> AnswerAsync<TResponse>(this Check unmapped, AsyncUnaryCall<TResponse> call, params (string Field, string Public)[] names)
    {
        try
        {
            var answer = await call;
            unmapped.ThrowIfAny();
            return answer;
        }
        catch (RpcException failure) when (failure.ToShopException() is InvalidException invalid)
        {
            var refused = names.Aggregate(invalid, (renamed, name) => renamed.Rename(name.Field, name.Public));
            if (!unmapped.HasErrors)
                throw refused;

            unmapped.Add(refused);
            unmapped.ThrowIfAny();
            throw;
        }
        catch (RpcException) when (unmapped.HasErrors)
        {
            // The request is wrong whatever else the service says, and without the service, too.
            unmapped.ThrowIfAny();
            throw;
        }
    }
}
