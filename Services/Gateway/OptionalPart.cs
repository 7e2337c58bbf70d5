using Grpc.Core;

namespace Shop.Gateway;

/// <summary>A part of an answer that is left out when its service does not give it within the part's own deadline. The answer names it as unavailable.</summary>
internal static class OptionalPart
{
    /// <summary>A part of a member's page, which is shown without it whatever the failure is.</summary>
    /// <param name="leftOut">Gets the status of the failure.</param>
    /// <returns>Null: left out.</returns>
    public static async Task<TAnswer?> CallAsync<TAnswer>(
        Func<CallOptions, AsyncUnaryCall<TAnswer>> call, TimeSpan timeout, TimeProvider clock, Action<StatusCode> leftOut, CancellationToken cancel) where TAnswer : class
    {
        try
        {
            return await call(Options(timeout, clock, cancel));
        }
        catch (RpcException failure) when (!cancel.IsCancellationRequested)
        {
            leftOut(failure.StatusCode);
            return null;
        }
    }

    /// <summary>A service's part of operators' figures and lists, which is left out only when the service is unavailable: another failure is theirs to see.</summary>
    /// <returns>Null: left out.</returns>
    public static async Task<TAnswer?> CallIfAvailableAsync<TAnswer>(
        Func<CallOptions, AsyncUnaryCall<TAnswer>> call, TimeSpan timeout, TimeProvider clock, CancellationToken cancel) where TAnswer : class
    {
        try
        {
            return await call(Options(timeout, clock, cancel));
        }
        catch (RpcException failure) when (!cancel.IsCancellationRequested && failure.IsUnavailable())
        {
            return null;
        }
    }

    /// <summary>True: the service cannot answer now, whatever the request.</summary>
    public static bool IsUnavailable(this RpcException failure) => failure.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.ResourceExhausted;

    /// <summary>The names of the parts that are left out, as <c>unavailable</c> has them.</summary>
    public static IReadOnlyList<string> Missing(params (string Name, bool IsMissing)[] parts) => [.. parts.Where(part => part.IsMissing).Select(part => part.Name)];

    private static CallOptions Options(TimeSpan timeout, TimeProvider clock, CancellationToken cancel) =>
        new(deadline: (clock.GetUtcNow() + timeout).UtcDateTime, cancellationToken: cancel);
}
