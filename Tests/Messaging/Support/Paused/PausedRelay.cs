using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Shop.Messaging.Tests.Support.Paused;

/// <summary>A process that relays, and pauses in its first batch: read and not published, or published and its cursors not advanced.</summary>
internal static class PausedRelay
{
    public const string Publishing = "publishing";
    public const string Marking = "marking";

    /// <param name="before"><see cref="Publishing"/> or <see cref="Marking"/>.</param>
    public static async Task<int> RunAsync(string database, string kafka, string before)
    {
        var replica = Replica.Build(database, kafka, Messaging, services => services.AddSingleton<ILoggerProvider, ConsoleLog>(), Settings);
        var paused = 0;
        using var goOn = new ManualResetEventSlim();
        // A span of the relay starts before its event is passed to the client, and ends with the broker's acknowledgement, before the relay processes it.
        using var spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Shop.Messaging",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = span => Pause(span, Publishing),
            ActivityStopped = span => Pause(span, Marking),
        };
        ActivitySource.AddActivityListener(spans);
        await using (replica)
        {
            await replica.StartAsync();
            await PausedProcess.UntilResumedAsync(replica);
            goOn.Set();
            await replica.WaitForShutdownAsync();
        }
        return 0;

        void Pause(Activity span, string point)
        {
            if (point != before || span.Kind != ActivityKind.Producer || Interlocked.Exchange(ref paused, 1) == 1)
                return;
            Console.WriteLine($"before {point}");
            // The listener is synchronous, and the thread belongs to this process.
            goOn.Wait();
        }
    }

    public static (string, string)[] Settings { get; } = [("Messaging:Outbox:Lease", "00:00:02"), ("Messaging:Outbox:Interval", "00:00:00.3")];

    public static void Messaging(MessagingBuilder messaging) => messaging.Publishes("shop.testing.v1");
}
