using Grpc.Core;

namespace Shop.ServiceDefaults;

public static class Refused
{
    /// <summary>
    /// For a call that is made before the service is ready, and with which nothing is asked for: an empty message takes the way of any other up to where it is refused.
    /// </summary>
    /// <exception cref="RpcException">It did not get there.</exception>
    public static async Task AsExpectedAsync<TResponse>(AsyncUnaryCall<TResponse> call)
    {
        try
        {
            await call.ResponseAsync.ConfigureAwait(false);
        }
        catch (RpcException answer) when (!TransientFailures.IsTransient(answer))
        {
            // That was it.
        }
    }
}
