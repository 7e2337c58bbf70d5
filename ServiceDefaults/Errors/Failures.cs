using System.Data.Common;
using Grpc.Core;

namespace Shop.ServiceDefaults.Errors;

/// <summary>What an exception means to whoever called, on either protocol.</summary>
internal static class Failures
{
    /// <summary>Something outside this process failed and may work again: a deadlock, a lost connection, a time-out.</summary>
    public static bool IsTransient(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException { IsTransient: true } or TimeoutException)
                return true;
        }

        return false;
    }

    /// <summary>The error to tell a gRPC caller when an error of a callee was not handled.</summary>
    /// <remarks>
    /// Only "away" is passed on: a callee's "not found" may be about something that our caller never named, and its "unauthenticated" about us.
    /// Code that knows better says so: <c>throw error.ToShopException()</c>.
    /// </remarks>
    public static ShopException OfCallee(RpcException error) =>
        error.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded ? error.ToShopException() : new UnexpectedException(error);
}
