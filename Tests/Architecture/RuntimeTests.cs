using System.Text.Json;
using Xunit;

namespace Shop.Architecture.Tests;

/// <summary>What Directory.Build.props asks of the runtime reaches the processes: a property that MSBuild does not know changes nothing, and says nothing.</summary>
public sealed class RuntimeTests
{
    public static TheoryData<string> Processes { get; } = [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "Shop.*.runtimeconfig.json")
        .Select(file => Path.GetFileName(file))
        .Where(name => !name.Contains("Tests", StringComparison.Ordinal))];

    [Fact]
    public void Every_program_is_looked_at() => Assert.Equal(15, Processes.Count);

    [Theory, MemberData(nameof(Processes))]
    public void A_process_has_one_heap_and_no_thread_that_only_collects(string file)
    {
        using var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file)));
        var properties = settings.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");

        Assert.False(IsOn("System.GC.Server"));
        Assert.False(IsOn("System.GC.Concurrent"));
        Assert.False(IsOn("System.Runtime.TieredPGO"));
        Assert.True(IsOn("System.Globalization.Invariant"));

        bool IsOn(string name) => properties.GetProperty(name).GetBoolean();
    }
}
