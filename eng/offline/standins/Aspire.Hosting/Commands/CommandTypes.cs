using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

public static class KnownResourceCommands
{
    public static readonly string StartCommand = "start";
    public static readonly string StopCommand = "stop";
    public static readonly string RestartCommand = "restart";
}

public enum ResourceCommandState
{
    Enabled = 0,
    Disabled = 1,
    Hidden = 2,
}

public class CommandOptions
{
    public string? Description { get; set; }

    public string? ConfirmationMessage { get; set; }

    public string? IconName { get; set; }

    public IconVariant? IconVariant { get; set; }

    public bool IsHighlighted { get; set; }

    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }
}

public sealed class UpdateCommandStateContext
{
    public required CustomResourceSnapshot ResourceSnapshot { get; init; }

    public required IServiceProvider ServiceProvider { get; init; }
}

public sealed class ExecuteCommandContext
{
    public required IServiceProvider ServiceProvider { get; init; }

    /// <summary>The id of the instance that is meant.</summary>
    public required string ResourceName { get; init; }

    public required CancellationToken CancellationToken { get; init; }

    public ILogger Logger { get; init; } = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;
}

public sealed class ExecuteCommandResult
{
    public required bool Success { get; init; }

    public bool Canceled { get; init; }

    public string? Message { get; init; }
}

public static class CommandResults
{
    public static ExecuteCommandResult Success() => new() { Success = true };

    public static ExecuteCommandResult Success(string message) => new() { Success = true, Message = message };

    public static ExecuteCommandResult Failure(string? errorMessage = null) => new() { Success = false, Message = errorMessage };

    public static ExecuteCommandResult Failure(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return Failure(exception.Message);
    }

    public static ExecuteCommandResult Canceled() => new() { Success = false, Canceled = true };
}
