using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Messaging.Tests.V1;
using Shop.Persistence;
using Shop.Sagas;
using Shop.Testing;

namespace Shop.Messaging.Tests.Support;

/// <summary>A replica in its own process, which publishes, handles and runs sagas until it is killed.</summary>
internal static class Victim
{
    public const int Accounts = 5;

    /// <summary>Leases too long for a test to wait for: work of a dead replica is released because its death is detected.</summary>
    public static (string, string)[] Settings { get; } =
    [
        ("Sagas:Lease", "00:05:00"),
        ("Sagas:StepTimeout", "00:04:00"),
        ("Sagas:Interval", "00:00:00.5"),
        ("Messaging:Outbox:Lease", "00:05:00"),
        ("Replicas:DeadAfter", "00:00:00.5"),
    ];

    public static Action<MessagingBuilder> Messaging => messaging => messaging.Publishes("shop.testing.v1").Handles<Deposited, KeepBalance>();

    /// <param name="work"><c>deposits</c>: its sagas hang at their second step; <c>sagas</c>: as many sagas as possible, which complete; <c>pause …</c>: see <see cref="PausedProcess"/>.</param>
    public static ServerProcess Start(string database, string kafka, string work = "deposits") =>
        ServerProcess.Start(Environment.ProcessPath!, [.. Program, "victim", database, kafka, work]);

    // If the process is "dotnet Shop.Messaging.Tests.dll", the program is its first argument.
    private static string[] Program =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Victim).Assembly.Location] : [];

    public static Task<int> RunAsync(string database, string kafka, string work) => work switch
    {
        "sagas" => RunSagasAsync(database, kafka),
        _ when work.StartsWith(PausedProcess.Work, StringComparison.Ordinal) => PausedProcess.RunAsync(database, kafka, work[PausedProcess.Work.Length..]),
        _ => RunDepositsAsync(database, kafka),
    };

    private static async Task<int> RunSagasAsync(string database, string kafka)
    {
        await using var replica = await Replica.StartAsync(database, kafka, messaging => messaging.Publishes("shop.testing.v1"), null, Settings);
        await Parallel.ForAsync(0, 8, async (_, _) =>
        {
            while (true)
            {
                await replica.DoAsync(db =>
                {
                    var id = Guid.CreateVersion7();
                    db.Start(new TestState { Account = id.ToString() }, id.ToString());
                    return db.SaveChangesAsync();
                });
            }
        });
        return 0;
    }

    private static async Task<int> RunDepositsAsync(string database, string kafka)
    {
        var steps = new Steps();
        // In this process the second step never returns, so it is always killed in the middle of one.
        steps.On("two", async (_, cancel) =>
        {
            await Unanswered.UntilAsync(cancel);
            return StepResult.Done;
        });
        await using var replica = await Replica.StartAsync(database, kafka, Messaging, services => services.AddSingleton(steps), Settings);
        Console.WriteLine("running");
        for (var i = 0L; ; i++)
            await replica.DepositAsync($"account-{i % Accounts}");
    }

    /// <summary>One deposit and its event: the account's row lock gives the sequence its order.</summary>
    public static Task DepositAsync(this Replica replica, string account) => replica.DoAsync(async db =>
        await db.InTransactionAsync(async cancel =>
        {
            var row = await db.Accounts.FromSql($"select * from account where id = {account} for update").SingleAsync(cancel);
            row.Sequence++;
            db.Publish(new Deposited { Account = account, Sequence = row.Sequence, Amount = 1 });
        }, CancellationToken.None));
}
