using Grpc.Core;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Sagas;

/// <summary>gRPC calls as steps.</summary>
public static class CallSteps
{
    /// <summary>
    /// Awaits a gRPC call and converts its outcome: FAILED_PRECONDITION, NOT_FOUND and INVALID_ARGUMENT are a refusal; after any other failure the outcome is unknown, and
    /// it is thrown, so that the step is retried.
    /// </summary>
    /// <param name="done">Copies values of the response to the saga's state.</param>
    /// <exception cref="RpcException">The outcome is unknown.</exception>
    public static async Task<StepResult> AsStep<TResponse>(this AsyncUnaryCall<TResponse> call, Action<TResponse>? done = null)
    {
        TResponse response;
        try
        {
            response = await call;
        }
        catch (RpcException failure) when (failure.StatusCode is StatusCode.FailedPrecondition or StatusCode.NotFound or StatusCode.InvalidArgument)
        {
            return StepResult.Refused(ReasonOf(failure));
        }
        done?.Invoke(response);
        return StepResult.Done;
    }

    private static string ReasonOf(RpcException refused)
    {
        var reason = refused.Reason();
        if (string.IsNullOrWhiteSpace(reason))
            reason = refused.Status.Detail;
        return string.IsNullOrWhiteSpace(reason) ? refused.StatusCode.ToString() : reason;
    }
}
