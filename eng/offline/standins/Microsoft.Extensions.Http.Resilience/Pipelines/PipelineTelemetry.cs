using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Telemetry;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>What happens in a pipeline, as metrics (meter "Polly") and in the log, under the names that Polly's own extension gives them.</summary>
internal sealed partial class PipelineTelemetry(ILogger logger) : TelemetryListener
{
    private static readonly Meter s_meter = new("Polly", "1.0");
    private static readonly Counter<int> s_events = s_meter.CreateCounter<int>("resilience.polly.strategy.events");
    private static readonly Histogram<double> s_attempts = s_meter.CreateHistogram<double>("resilience.polly.strategy.attempt.duration", "ms");
    private static readonly Histogram<double> s_pipelines = s_meter.CreateHistogram<double>("resilience.polly.pipeline.duration", "ms");

    public override void Write<TResult, TArgs>(in TelemetryEventArguments<TResult, TArgs> args)
    {
        Measure(args);
        LogEvent(
            logger, Level(args.Event.Severity), args.Event.EventName, args.Source.PipelineName, args.Source.PipelineInstanceName,
            args.Source.StrategyName, Result(args.Outcome), args.Outcome?.Exception);
    }

    private static void Measure<TResult, TArgs>(in TelemetryEventArguments<TResult, TArgs> args)
    {
        var tags = new TagList
        {
            { "event.name", args.Event.EventName },
            { "event.severity", args.Event.Severity.ToString() },
        };
        Add(ref tags, "pipeline.name", args.Source.PipelineName);
        Add(ref tags, "pipeline.instance", args.Source.PipelineInstanceName);
        Add(ref tags, "strategy.name", args.Source.StrategyName);
        Add(ref tags, "operation.key", args.Context.OperationKey);
        Add(ref tags, "exception.type", args.Outcome?.Exception?.GetType().FullName);

        switch (args.Arguments)
        {
            case PipelineExecutedArguments pipeline:
                s_pipelines.Record(pipeline.Duration.TotalMilliseconds, tags);
                break;
            case ExecutionAttemptArguments attempt:
                tags.Add("attempt.number", attempt.AttemptNumber);
                tags.Add("attempt.handled", attempt.Handled);
                s_attempts.Record(attempt.Duration.TotalMilliseconds, tags);
                break;
            default:
                s_events.Add(1, tags);
                break;
        }
    }

    private static void Add(ref TagList tags, string name, string? value)
    {
        if (value is not null)
        {
            tags.Add(name, value);
        }
    }

    private static object? Result<TResult>(Outcome<TResult>? outcome) => outcome switch
    {
        { Exception.Message: var message } => message,
        { Result: HttpResponseMessage response } => (int)response.StatusCode,
        _ => null,
    };

    private static LogLevel Level(ResilienceEventSeverity severity) => severity switch
    {
        ResilienceEventSeverity.Debug => LogLevel.Debug,
        ResilienceEventSeverity.Information => LogLevel.Information,
        ResilienceEventSeverity.Warning => LogLevel.Warning,
        ResilienceEventSeverity.Error => LogLevel.Error,
        ResilienceEventSeverity.Critical => LogLevel.Critical,
        _ => LogLevel.None,
    };

    [LoggerMessage(EventId = 0, EventName = "ResilienceEvent", Message = "Resilience event occurred. EventName: '{EventName}', Source: '{PipelineName}/{PipelineInstance}/{StrategyName}', Result: '{Result}'")]
    private static partial void LogEvent(
        ILogger logger, LogLevel level, string eventName, string? pipelineName, string? pipelineInstance, string? strategyName, object? result, Exception? exception);
}
