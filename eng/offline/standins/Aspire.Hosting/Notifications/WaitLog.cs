using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

internal static partial class WaitLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting for {Resource} {Condition}.")]
    public static partial void Waiting(ILogger logger, string resource, string condition);

    [LoggerMessage(Level = LogLevel.Information, Message = "Finished waiting for {Resource}.")]
    public static partial void Done(ILogger logger, string resource);
}
