using Microsoft.Extensions.DependencyInjection;

namespace Shop.AppHost.Operations;

/// <summary>Starts the checker (tools/Checker) and waits for its exit code, which is the result.</summary>
internal static class CheckConsistency
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    public static async Task<ExecuteCommandResult> ExecuteAsync(ProjectResource check, ExecuteCommandContext command)
    {
        var notifications = command.Services.GetRequiredService<ResourceNotificationService>();
        var commands = command.Services.GetRequiredService<ResourceCommandService>();

        var clock = command.Services.GetRequiredService<TimeProvider>();
        var asked = clock.GetUtcNow().UtcDateTime;
        var started = await commands.ExecuteCommandAsync(check, KnownResourceCommands.StartCommand, command.CancellationToken);
        if (!started.Success)
            return started;

        var end = await notifications
            .WaitForResourceAsync(check.Name, change => change.Snapshot is { ExitCode: not null, StopTimeStamp: { } stop } && stop >= asked, command.CancellationToken)
            .WaitAsync(Timeout, command.CancellationToken);
        return end.Snapshot.ExitCode switch
        {
            0 => CommandResults.Success("The data is consistent."),
            1 => CommandResults.Failure($"Inconsistencies were found: see the log of {check.Name}."),
            var code => CommandResults.Failure($"The check failed (exit code {code}): see the log of {check.Name}."),
        };
    }
}
