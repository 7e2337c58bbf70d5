using Grpc.Core;

namespace Shop.ServiceDefaults.Errors;

/// <summary>What an exception means to whoever called, on either protocol.</summary>
internal static class Failures
{
    /// <summary>The error to tell a gRPC caller when an error of an upstream was not handled.</summary>
    /// <remarks>
    /// Only "away" is passed on: an upstream's "not found" may be about something that our caller never named, and its "unauthenticated" about us.
    /// Code that knows better says so: <c>throw error.ToShopException()</c>.
    /// </remarks>
    public static ShopException OfUpstream(RpcException error)
    {
        if (!TransientFailures.IsTransient(error))
            return new UnexpectedException(error);

        return error.ToShopException() is UnavailableException away ? away : RpcExceptionExtensions.Away(error);
    }
}
