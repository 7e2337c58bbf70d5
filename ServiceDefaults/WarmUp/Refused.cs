using Grpc.Core;
using Shop.ServiceDefaults.Errors;

namespace Shop.ServiceDefaults.WarmUp;

/// <summary>Warm-up calls that are meant to be refused.</summary>
public static class Refused
{
    /// <summary>
    /// Awaits a warm-up call with an empty message, which runs the usual code until the upstream refuses it.
    /// </summary>
    /// <exception cref="RpcException">The upstream could not be reached.</exception>
    public static async Task AsExpectedAsync<TResponse>(AsyncUnaryCall<TResponse> call)
    {
        try
        {
            await call.ResponseAsync.ConfigureAwait(false);
        }
        catch (RpcException failure) when (!TransientFailures.IsTransient(failure))
        {
            // Refused, as expected.
        }
    }
}
