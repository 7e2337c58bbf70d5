using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.Messaging.Tests.V1;

namespace Shop.Messaging.Tests.Support.Paused;

/// <summary>A process that consumes, and pauses at the third event, in one transaction with the earlier ones.</summary>
internal static class PausedMember
{
    private const long At = 3;

    private static int _paused;

    public static (string, string)[] Settings { get; } = [("Aspire:Confluent:Kafka:Consumer:Config:SessionTimeoutMs", "2000")];

    /// <param name="transactionTimeout">After which the server ends the transaction of a paused process.</param>
    public static async Task<int> RunAsync(string database, string kafka, string transactionTimeout)
    {
        Replica? replica = null;
        await using (replica = Replica.Build(database, kafka, messaging => messaging.Handles<Deposited, KeepEntries>(),
            services => services.AddSingleton<ILoggerProvider, ConsoleLog>().AddSingleton(() => replica!), [.. Settings, ("Database:TransactionTimeout", transactionTimeout)]))
        {
            await replica.StartAsync();
            await replica.WaitForShutdownAsync();
        }
        return 0;
    }

    /// <summary>Has the same name as the other members' handler, so it is the same consumer.</summary>
    internal sealed class KeepEntries(TestDb db, Func<Replica> replica) : IHandle<Deposited>, IDisposable
    {
        private bool _hasPaused;

        public async Task HandleAsync(Deposited @event, EventContext context, CancellationToken cancel)
        {
            db.Entries.Add(new() { Account = @event.Account, Sequence = @event.Sequence, Consumer = nameof(KeepEntries) });
            if (@event.Sequence != At || Interlocked.Exchange(ref _paused, 1) == 1)
                return;
            _hasPaused = true;
            Console.WriteLine("in the handler");
            await PausedProcess.UntilResumedAsync(replica());
        }

        public void Dispose()
        {
            if (_hasPaused)
                Console.WriteLine("the transaction is over");
        }
    }
}
