using Microsoft.EntityFrameworkCore;
using Shop.Testing;

namespace Shop.Messaging.Tests;

/// <summary>
/// A replica in a process of its own that comes to a point and stays there until the test lets it go on. The test stops the process meanwhile (SIGSTOP) for longer than
/// its lease or session, and sees what the process does with what it had in hand. Like a call whose answer is under way, the point does not listen to cancellation.
/// </summary>
internal static class PausedProcess
{
    /// <summary>What follows it is the kind: <c>sagas …</c>, <c>relay …</c>, <c>member …</c>.</summary>
    public const string Work = "pause ";

    private const string GoOn = "go on";

    public static async Task<ServerProcess> StartAsync(string database, string kafka, string kind, string until)
    {
        var process = Victim.Start(database, kafka, Work + kind);
        await Eventually.TrueAsync(() => process.HasExited || process.HasSaid(until), $"the process is {until}", TimeSpan.FromSeconds(60));
        Assert.False(process.HasExited, process.Output);
        return process;
    }

    public static bool HasSaid(this ServerProcess process, string what, int times = 1) => process.Output.Split(what).Length > times;

    /// <summary>Kills it; what it has said stands beside the test.</summary>
    public static async Task EndAsync(this ServerProcess process)
    {
        if (!process.HasExited)
            await process.KillAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(process.Output);
        await process.DisposeAsync();
    }

    /// <summary>The process may go on from the point where it is.</summary>
    public static Task LetGoOnAsync(Replica replica) => replica.DoAsync(db => db.AddAccountsAsync(GoOn));

    public static Task UntilLetGoOnAsync(Replica replica) => Eventually.TrueAsync(() => replica.DoAsync(db => db.Accounts.AnyAsync(account => account.Id == GoOn)), "it may go on", TimeSpan.FromMinutes(5));

    public static Task<int> RunAsync(string database, string kafka, string kind) => kind.Split(' ') switch
    {
        ["sagas", .. var pauses] => PausedSagas.RunAsync(database, pauses),
        ["relay", var before] => PausedRelay.RunAsync(database, kafka, before),
        ["member", var transactionTimeout] => PausedMember.RunAsync(database, kafka, transactionTimeout),
        _ => throw new ArgumentException($"What is {kind}?", nameof(kind)),
    };
}
