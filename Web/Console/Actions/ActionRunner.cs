using Shop.Console.Results;
using Shop.Design.Gateway;
using Shop.Design.Sessions;

namespace Shop.Console.Actions;

/// <summary>
/// Sends an action to the API once for each form, and keeps its result. Not cancelled when the browser goes: the second click of a double click ends the first one's request, and
/// the action must be sent and its result kept nevertheless.
/// </summary>
internal sealed partial class ActionRunner(ActionResults results, IHostApplicationLifetime lifetime, ILogger<ActionRunner> logger)
{
    /// <param name="correctable">The reason of a refusal that is about a field, as a 400 is.</param>
    /// <param name="page">Where the subject can be looked at afterwards.</param>
    /// <exception cref="ApiException">Fields of the form are wrong. The form can be corrected and sent again.</exception>
    /// <exception cref="SignedOutException">Nothing was done.</exception>
    public async Task RunAsync(Guid key, string action, string? subject, Func<CancellationToken, Task<ActionOutcome>> send, string? correctable = null, string? page = null)
    {
        if (!await results.BeginAsync(key, action, subject, page, CancellationToken.None))
            return;

        var result = new ActionResult(key, action, subject, ActionResult.Done, Page: page);
        try
        {
            var outcome = await send(lifetime.ApplicationStopping);
            result = result with { Outcome = outcome.IsComplete ? ActionResult.Done : ActionResult.Unknown, Numbers = outcome.Numbers, Lines = outcome.Lines };
        }
        catch (Exception failure) when (failure is SignedOutException or ApiException { Status: 400 or 401 } || failure is ApiException { Reason: { } reason } && reason == correctable)
        {
            await results.ForgetAsync(key, CancellationToken.None);
            throw;
        }
        catch (ApiException failure) when (!failure.IsUnavailable && failure.Status < 500)
        {
            result = result with { Outcome = ActionResult.Refused, Reason = failure.Reason, Status = failure.Status };
        }
        catch (Exception failure)
        {
            LogUnknown(failure, action, subject);
            result = result with { Outcome = ActionResult.Unknown };
        }

        await results.EndAsync(result, CancellationToken.None);
    }

    [LoggerMessage(LogLevel.Warning, "It is not known whether {Action} of {Subject} was done")]
    private partial void LogUnknown(Exception failure, string action, string? subject);
}
