using Microsoft.Extensions.DependencyInjection;

namespace Shop.AppHost.Operations;

/// <summary>Starts the checker (tools/Checker) and waits for its verdict, which is its exit code.</summary>
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
            0 => CommandResults.Success("Everything adds up."),
            1 => CommandResults.Failure($"Something does not add up: the log of {check.Name} says what."),
            var code => CommandResults.Failure($"It could not be checked (exit code {code}): the log of {check.Name} says why."),
        };
    }
}
