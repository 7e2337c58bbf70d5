using global::Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Confluent.Kafka;

/// <summary>What librdkafka has to say goes to the application's log.</summary>
internal static partial class ClientLog
{
    public static ILogger CreateLogger(IServiceProvider services) =>
        services.GetRequiredService<ILoggerFactory>().CreateLogger("Aspire.Confluent.Kafka");

    public static void Write(ILogger logger, LogMessage message) =>
        Write(logger, (LogLevel)message.LevelAs(LogLevelType.MicrosoftExtensionsLogging), message.Message);

    [LoggerMessage(Message = "{Message}")]
    private static partial void Write(ILogger logger, LogLevel level, string message);

    [LoggerMessage(LogLevel.Warning, "LogHandler is already set. Skipping... No logs will be written.")]
    public static partial void HandlerIsTaken(ILogger logger);
}
