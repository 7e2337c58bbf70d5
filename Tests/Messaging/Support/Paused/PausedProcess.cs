using Microsoft.EntityFrameworkCore;
using Shop.Testing;

namespace Shop.Messaging.Tests.Support.Paused;

/// <summary>
/// A replica in its own process that waits at a certain point until the test resumes it. Meanwhile the test pauses the process (SIGSTOP) for longer than its lease or
/// session, and then checks what it does with its pending work. Like a call whose response is pending, the wait ignores cancellation.
/// </summary>
internal static class PausedProcess
{
    /// <summary>Followed by the kind: <c>sagas …</c>, <c>relay …</c>, <c>member …</c>.</summary>
    public const string Work = "pause ";

    private const string Resume = "go on";

    public static async Task<ServerProcess> StartAsync(string database, string kafka, string kind, string until)
    {
        var process = Victim.Start(database, kafka, Work + kind);
        await Eventually.TrueAsync(() => process.HasExited || process.HasPrinted(until), $"the process is {until}", TimeSpan.FromSeconds(60));
        Assert.False(process.HasExited, process.Output);
        return process;
    }

    public static bool HasPrinted(this ServerProcess process, string what, int times = 1) => process.Output.Split(what).Length > times;

    /// <summary>Kills it and adds its output to the test's.</summary>
    public static async Task EndAsync(this ServerProcess process)
    {
        if (!process.HasExited)
            await process.KillAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(process.Output);
        await process.DisposeAsync();
    }

    /// <summary>Resumes the process from its waiting point.</summary>
    public static Task ResumeAsync(Replica replica) => replica.DoAsync(db => db.AddAccountsAsync(Resume));

    public static Task UntilResumedAsync(Replica replica) => Eventually.TrueAsync(() => replica.DoAsync(db => db.Accounts.AnyAsync(account => account.Id == Resume)), "it may resume", TimeSpan.FromMinutes(5));

    public static Task<int> RunAsync(string database, string kafka, string kind) => kind.Split(' ') switch
    {
        ["sagas", .. var pauses] => PausedSagas.RunAsync(database, pauses),
        ["relay", var before] => PausedRelay.RunAsync(database, kafka, before),
        ["member", var transactionTimeout] => PausedMember.RunAsync(database, kafka, transactionTimeout),
        _ => throw new ArgumentException($"What is {kind}?", nameof(kind)),
    };
}
