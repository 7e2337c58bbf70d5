using Grpc.Core;

namespace Shop.ServiceDefaults.Errors;

/// <summary>Translates failures of upstreams for callers, for both protocols.</summary>
internal static class Failures
{
    /// <summary>The error for a gRPC caller when an upstream's error was not handled.</summary>
    /// <remarks>
    /// Only "unavailable" is passed on: an upstream's "not found" may concern something that the caller did not name, and its "unauthenticated" this service.
    /// Code that wants to pass an error on throws <c>error.ToShopException()</c>.
    /// </remarks>
    public static ShopException OfUpstream(RpcException error)
    {
        if (!TransientFailures.IsTransient(error))
            return new UnexpectedException(error);

        return error.ToShopException() is UnavailableException unavailable ? unavailable : RpcExceptionExtensions.Unavailable(error);
    }
}
