using System.Text.RegularExpressions;
using Xunit;

namespace Shop.Architecture.Tests.Docs;

/// <summary>Words that were replaced by terms of <c>docs/glossary.md</c> do not come back, neither as names nor in texts.</summary>
public sealed class RetiredWordTests
{
    private static readonly string[] Extensions = [".cs", ".razor", ".js", ".css", ".md", ".proto", ".sql", ".sh", ".json", ".csproj", ".props", ".targets", ".yml", ""];
    private static readonly string[] Aside = ["bin", "obj", "node_modules", "artifacts", "wwwroot", ".git", "Migrations", "Earlier"];

    /// <summary>They name what they rename, or list what is retired.</summary>
    private static readonly string[] Exceptions =
    [
        "CHANGELOG.md", "Tests/Architecture/Docs/RetiredWordTests.cs",
        "Libraries/Messaging/Schema/0001_outbox_inbox_dead_letters.sql", "Libraries/Sagas/Schema/0001_sagas.sql", "Tests/Persistence/UpgradeTests.cs",
    ];

    /// <summary>Folders and files whose texts contain no retired phrase.</summary>
    private static readonly string[] Edited = ["docs/", "eng/", "Protos/", "Libraries/", "ServiceDefaults/", "Services/", "AppHost/", "Web/", "tools/", "Tests/", "README.md", "CONTRIBUTING.md", "shop"];

    /// <summary>A pattern of a name, and the term to use instead.</summary>
    private static readonly (string Pattern, string Instead)[] Names =
    [
        (@"Callee|\bcallees?\b|shop\.callee", "GrpcClient…, upstream"),
        (@"\bNewcomer\b|\bArrivesAsync\b", "NewProductWait.WaitForStockRowAsync"),
        (@"\b(class|record|struct|interface|new) (Audience|Seat)\b|\bGrouping/Audience\.cs", "CallerGroupCancellation, PendingCommand"),
        (@"\bnew Asking\b|\bIntents/Asking\.cs", "ProviderCallLog"),
        (@"\bBooks\.Follow\b", "PaymentRecorder.Apply"),
        (@"\bMoves\.Behind\b", "PaymentHistory.Of"),
        (@"\bProviderLine\b", "ProviderHttpClient"),
        (@"\bLineLock\b", "DeadLetterKeyLock"),
        (@"\bLookAt\b|\bLook(Schedule|Options)\b|\bLook(:|__)", "ReconcileAt, ReconcileSchedule, Reconcile:…"),
        (@"\bPublicFace\b", "PublicApiDefaults"),
        (@"\bTurnBackAsync\b", "StartCompensationAsync"),
        (@"\bIsLeftOpen\b|\bleft_open\b", "InDoubt, in_doubt"),
        (@"\bBuryAsync\b|\bmessaging\.bury\b|\bReleaseDeadAsync\b", "ReleaseDeadReplicasAsync"),
        (@"\bSagaNotes\b|\bCarriedOutcome", "SagaLogBuffer, BufferedOutcome…"),
        (@"\bStepResult\.Again\b", "StepResult.RetryAfter"),
        (@"\b(Outbox|Saga|Messaging)Figures\b", "OutboxStatistics, SagaStatistics, MessagingStatistics"),
        (@"\bTokenKeysAway", "TokenKeysUnavailableException"),
        (@"\bKeysLast\b|\bKeysPause\b", "KeyCacheDuration, KeyRefreshInterval"),
        (@"\b(Outbox|Consumer)(:|__)(Gather|Pace|Handover)\b|\bTimeSpan (Gather|Pace|Handover)\b", "BatchDelay, MinReadInterval, RevokeTimeout"),
        (@"Breaker(Pause|Window|MinimumCalls|FailureRatio)\b", "BreakDuration, SamplingDuration, MinimumThroughput, FailureRatio"),
        (@"\bHearProductChanges\b", "ProductChangeListener"),
        (@"\bmessaging\.home\b", "messaging.cluster_identity"),
        (@"\bForgetAnswers\b", "PurgeAnswers"),
    ];

    /// <summary>A pattern of a text, in any case, and what to say instead.</summary>
    private static readonly (string Pattern, string Instead)[] Phrases =
    [
        (@"\bkeeps? the minutes\b|\bminutes of what\b", "logs"),
        (@"\bnot to be had\b|\b(could|can)(not)? be had\b", "is not available"),
        (@"\ball the same\b", "nevertheless"),
        (@"\bof (its|their) own accord\b", "without a command, without a cause"),
        (@"\b(ends?|refus\w+|deliver\w*|comes? back|runs?|restarts?|retr(y|ies)|moves?|opens?|closes?|recovers?) by (itself|themselves)\b", "independently, without a command, what causes it"),
        (@"\bwho comes\b|\bwhoever\b", "the caller that…"),
        (@"\bnobody (is told|hears|has heard)\b|\bis told (so|to)\b|\bheard of\b|\bhears? of\b", "is notified, publishes, reports"),
        (@"\bis away\b", "is unavailable"),
        (@"\b(looks|look|looking) after\b", "processes, maintains"),
        (@"\blets? go of\b|\bletting go of\b", "releases"),
        (@"\bthe shelf\b", "stock on hand"),
        (@"\bshopkeepers?\b", "operator"),
        (@"\b(a|the|under a) crowd\b", "many concurrent callers"),
        (@"\bthe world is away\b", "transient failure"),
        (@"\bcannot digest\b|\bbe digested\b|\bnot digest\b", "cannot be handled"),
        (@"\bpatience\b", "timeout"),
        (@"\bon its knees\b", "not healthy yet"),
        (@"\bstands? in (a |the )?line\b", "waits in the queue"),
        (@"\bfront door\b", "public API"),
        (@"\bone call will tell\b", "the next call decides"),
        (@"\bonce a while\b", "at intervals"),
        (@"\btells\b", "notifies, publishes, returns, has"),
        (@"\bnews\b", "changes, events"),
        (@"\blooks? for\b|\b(two|its) looks\b", "queries, searches"),
        (@"\b(services?|upstreams?|brokers?|databases?|providers?) (is|are|was|were|cannot be|can be) (asked|told)\b", "is called, is queried, is notified"),
    ];

    [Fact]
    public void No_retired_name_is_used() => Reference.AssertNone(Offences(Files(), Names, RegexOptions.None));

    [Fact]
    public void No_retired_phrase_is_in_a_text() => Reference.AssertNone(Offences(Files().Where(IsEdited), Phrases, RegexOptions.IgnoreCase));

    [Theory]
    [InlineData("var circuit = new CalleeCircuit();", true)]
    [InlineData("new() { Audience = audience }", false)]
    public void A_retired_name_is_seen(string line, bool isRetired) => Assert.Equal(isRetired, Names.Any(name => Regex.IsMatch(line, name.Pattern)));

    private static IEnumerable<string> Offences(IEnumerable<string> files, (string Pattern, string Instead)[] words, RegexOptions options)
    {
        var patterns = words.Select(word => (Regex: new Regex(word.Pattern, options), word.Instead)).ToList();
        return from file in files
               from line in File.ReadLines(Path.Combine(Repository.Root, file)).Select((text, index) => (Text: WithoutTestNames(text), Number: index + 1))
               from pattern in patterns
               let match = pattern.Regex.Match(line.Text)
               where match.Success
               select $"{file}:{line.Number}: '{match.Value}' is retired; instead: {pattern.Instead}";
    }

    private static IEnumerable<string> Files() =>
        from folder in Directory.EnumerateDirectories(Repository.Root).Append(Repository.Root)
        where !Aside.Contains(Path.GetFileName(folder))
        from file in Directory.EnumerateFiles(folder, "*", folder == Repository.Root ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories)
        let path = Repository.Relative(file).Replace(Path.DirectorySeparatorChar, '/')
        where Extensions.Contains(Path.GetExtension(path)) && !path.Split('/').Any(Aside.Contains) && !Exceptions.Contains(path)
        select path;

    // The texts of products are data.
    private static bool IsEdited(string path) => !path.EndsWith("products.json", StringComparison.Ordinal) && Edited.Any(edited => edited.Split('*') is [var start, var end]
        ? path.StartsWith(start, StringComparison.Ordinal) && path.EndsWith(end, StringComparison.Ordinal)
        : edited.EndsWith('/') ? path.StartsWith(edited, StringComparison.Ordinal) : path == edited);

    /// <summary>The name of a test is a sentence with underscores, and its own matter.</summary>
    private static string WithoutTestNames(string line) => Regex.Replace(line, "`[A-Za-z0-9]+_[A-Za-z0-9_]+`", "");
}
