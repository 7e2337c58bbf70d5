using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

internal static partial class ParameterLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The value of parameter '{Parameter}' cannot be had.")]
    public static partial void NoValue(ILogger logger, Exception exception, string parameter);
}
