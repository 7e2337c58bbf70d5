using Grpc.Core;
using Shop.ServiceDefaults;

namespace Shop.Sagas;

public static class CallSteps
{
    /// <summary>
    /// A gRPC call as a step: FAILED_PRECONDITION, NOT_FOUND and INVALID_ARGUMENT are the business saying no; every other failure leaves open whether it happened,
    /// and is thrown, so that the step is repeated.
    /// </summary>
    /// <param name="done">Takes from the answer what the saga's state is to keep.</param>
    public static async Task<StepResult> AsStep<TResponse>(this AsyncUnaryCall<TResponse> call, Action<TResponse>? done = null)
    {
        TResponse answer;
        try
        {
            answer = await call;
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.FailedPrecondition or StatusCode.NotFound or StatusCode.InvalidArgument)
        {
            return StepResult.Refused(ReasonOf(refused));
        }
        done?.Invoke(answer);
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
