using System.Text.RegularExpressions;
using Xunit;

namespace Shop.Architecture.Tests;

/// <summary>House style that no analyzer checks; names of fields are .editorconfig's (IDE1006).</summary>
public sealed partial class HouseStyleTests
{
    [Fact]
    public void A_caught_exception_is_called_failure() => AssertNone(OtherCatch());

    [Fact]
    public void A_logger_is_called_logger() => AssertNone(OtherLogger());

    /// <summary>Their ids come from their names: numbers given by hand collide.</summary>
    [Fact]
    public void Log_messages_have_no_number_of_their_own() => AssertNone(NumberedMessage());

    /// <summary>They are facts, as terms and ids, and no prose.</summary>
    [Fact]
    public void A_log_message_ends_without_a_full_stop() => AssertNone(FullStop());

    /// <summary>The exception is their parameter <c>failure</c>, as where it is caught.</summary>
    [Fact]
    public void Log_methods_begin_with_Log() => AssertNone(OtherLogMethod());

    /// <summary>They are Persistence's <c>Worker</c> or <c>RecurringWorker</c>, registered by <c>AddWorker</c>. The simulated provider is another company's program.</summary>
    [Fact]
    public void Services_have_one_form_of_background_work() =>
        AssertNone(OtherWorker(), Repository.Sources(Path.Combine(Repository.Root, "Services")).Where(file => !file.Contains("PaymentProvider", StringComparison.Ordinal)));

    /// <summary>In a file of its own, beside the entity.</summary>
    [Fact]
    public void The_mapping_of_an_entity_is_called_its_table() => AssertNone(OtherMapping());

    /// <summary>
    /// EFCore.NamingConventions names them: a table is called as its set in the context, in snake case. Exceptions: owned entities have no set, and code that refers to a name
    /// sets it with a constant. Check constraints have no convention; they begin with <c>ck_</c>. The simulated provider is another company's program.
    /// </summary>
    [Fact]
    public void Tables_keys_and_indexes_have_the_names_of_the_convention() =>
        AssertNone(OwnName(), Repository.Sources(Path.Combine(Repository.Root, "Services"))
            .Where(file => !file.Contains("Migrations", StringComparison.Ordinal) && !file.Contains("PaymentProvider", StringComparison.Ordinal)));

    /// <summary>Those that are built by a method of <c>IServiceCollection</c>, a host's builder or an application.</summary>
    [Fact]
    public void Registrations_are_in_classes_called_Extensions_or_Features() => AssertNone(OtherRegistration());

    /// <summary>
    /// So a service's Program.cs is its table of contents, and its folders say what they register. Exceptions: the builders that a library's …Extensions hand out, and the
    /// test kit of sagas, which has services of its own. The AppHost has no services, but resources.
    /// </summary>
    [Fact]
    public void Registrations_stand_only_in_Features_Extensions_and_WarmUp() =>
        AssertNone(Registration(), Repository.ProductionFolders.Where(folder => Path.GetFileName(folder) != "AppHost").SelectMany(Repository.Sources)
            .Where(file => !RegistrationFile().IsMatch(file) && !Repository.Relative(file).StartsWith(Path.Combine("Libraries", "Sagas", "Testing"), StringComparison.Ordinal)));

    /// <summary>A constant of their class: <c>public const string Section</c>. Exceptions: a client's options have its name, and the simulated provider's are the root.</summary>
    [Fact]
    public void Options_are_registered_by_their_own_section() => AssertNone(OtherSection());

    /// <summary>Others see its contract. Migrations are written by a tool.</summary>
    [Fact]
    public void A_service_has_no_public_types() =>
        AssertNone(PublicType(), Repository.Sources(Path.Combine(Repository.Root, "Services")).Where(file => !file.Contains("Migrations", StringComparison.Ordinal)));

    [Fact]
    public void A_test_class_is_a_noun_that_ends_in_Tests_in_a_file_of_its_name() =>
        Assert.Empty(
            from file in Repository.TestFolders.SelectMany(Repository.Sources)
            let text = File.ReadAllText(file)
            where TestMethod().IsMatch(text)
            let classes = TestClass().Matches(text).Select(match => match.Groups["name"].Value).ToList()
            where classes is not [var only] || only != Path.GetFileNameWithoutExtension(file) || !only.EndsWith("Tests", StringComparison.Ordinal) || only.Contains('_', StringComparison.Ordinal)
            select $"{Repository.Relative(file)}: {string.Join(", ", classes)}");

    private static void AssertNone(Regex wrong) => AssertNone(wrong, Repository.ProductionFolders.SelectMany(Repository.Sources));

    private static void AssertNone(Regex wrong, IEnumerable<string> files)
    {
        var found = files
            .SelectMany(file => File.ReadLines(file).Select((line, i) => (line, at: $"{Repository.Relative(file)}:{i + 1}")))
            .Where(line => wrong.IsMatch(line.line))
            .Select(line => $"{line.at}: {line.line.Trim()}");

        Assert.Empty(found);
    }

    [GeneratedRegex(@"^ *\[(Fact|Theory)\b", RegexOptions.Multiline)]
    private static partial Regex TestMethod();

    // xunit runs public classes only.
    [GeneratedRegex(@"^public (sealed |abstract )?(partial )?class (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TestClass();

    [GeneratedRegex(@"catch \([\w.<>]+ (?!failure\))\w+\)")]
    private static partial Regex OtherCatch();

    [GeneratedRegex(@"ILogger<[\w<>]+> (?!logger\b)\w+[,)]")]
    private static partial Regex OtherLogger();

    [GeneratedRegex(@"\[LoggerMessage\((\d|EventId)")]
    private static partial Regex NumberedMessage();

    [GeneratedRegex(@"\[LoggerMessage\(.*[^.]\.""\)\]")]
    private static partial Regex FullStop();

    [GeneratedRegex(@"private( static)? partial void ((?!Log)\w+\(|\w+\(.*\bException (?!failure\b))")]
    private static partial Regex OtherLogMethod();

    [GeneratedRegex(@"\bBackgroundService\b|AddHostedService|PeriodicTimer")]
    private static partial Regex OtherWorker();

    [GeneratedRegex(@"class \w+(?<!Table) : IEntityTypeConfiguration<")]
    private static partial Regex OtherMapping();

    [GeneratedRegex("""(HasName|HasDatabaseName|HasConstraintName)\("|(?<!posting)\.ToTable\("|HasCheckConstraint\("(?!ck_)""")]
    private static partial Regex OwnName();

    [GeneratedRegex(@"\.(Try)?Add(Keyed)?(Scoped|Singleton|Transient|Enumerable)\b|\.Add(HostedService|Worker|ValidatedOptions|Options)<|\.(Post)?Configure<|\bservices\.Add\w+\(")]
    private static partial Regex Registration();

    [GeneratedRegex(@"[/\\](Features|WarmUp|\w*Extensions|\w+Builder)\.cs$")]
    private static partial Regex RegistrationFile();

    [GeneratedRegex(@"AddValidatedOptions<(?<type>\w+)>\((?!\k<type>\.Section\)|this )", RegexOptions.ExplicitCapture)]
    private static partial Regex OtherSection();

    [GeneratedRegex(@"^public ")]
    private static partial Regex PublicType();

    [GeneratedRegex(@"static class \w+(Setup|Registration|Configuration)\b")]
    private static partial Regex OtherRegistration();
}
