using Shop.AppHost.Settings;
using Shop.Testing;

namespace Shop.AppHost.Tests;

/// <summary>One shop at a time on a data folder, however it is started.</summary>
public sealed class RunLockTests : IDisposable
{
    private readonly string _folder = TestFolder.New("twice");

    private string Data => Path.Combine(_folder, "data");

    private string InfoFile => Path.Combine(_folder, "info.json");

    public void Dispose() => TestFolder.Delete(_folder);

    [Fact]
    public async Task The_second_says_who_runs_and_changes_nothing_even_if_it_wants_to_start_empty()
    {
        var (row, document, pid) = (Path.Combine(Data, "kafka", "a record"), InfoFile, Path.Combine(_folder, "info.pid"));
        Directory.CreateDirectory(Path.GetDirectoryName(row)!);
        foreach (var file in new[] { row, document, pid })
            File.WriteAllText(file, "the first one's");
        RunLock.Take(Path.Combine(Data, "apphost.lock"), "Shop:Data", Data);

        using var second = AppHostProcess.Start(_folder, ("Shop__Fresh", "true"));
        var (code, said) = await second.EndAsync();

        Assert.Equal(1, code);
        Assert.Equal($"shop: the shop is running already: Shop:Data is {Data}, which process {Environment.ProcessId} uses; end that one first, or set Shop__Data to another.", said.Trim());
        foreach (var file in new[] { row, document, pid })
            Assert.Equal("the first one's", File.ReadAllText(file));
    }

    [Fact]
    public async Task With_data_of_its_own_the_second_still_leaves_the_document_of_the_first_alone()
    {
        File.WriteAllText(InfoFile, "the first one's");
        RunLock.Take(Path.ChangeExtension(InfoFile, ".lock"), "Shop:InfoFile", InfoFile);

        using var second = AppHostProcess.Start(_folder);
        var (code, said) = await second.EndAsync();

        Assert.Equal(1, code);
        Assert.Contains($"Shop:InfoFile is {InfoFile}, which process {Environment.ProcessId} uses", said, StringComparison.Ordinal);
        Assert.Equal("the first one's", File.ReadAllText(InfoFile));
    }

    [Fact]
    public async Task Of_two_that_start_at_the_same_moment_one_runs_and_a_killed_one_leaves_nothing_to_unlock()
    {
        using var a = AppHostProcess.Start(_folder);
        using var b = AppHostProcess.Start(_folder);
        await Eventually.TrueAsync(() => a.HasEnded || b.HasEnded, "one of them has given up", TimeSpan.FromMinutes(1));

        var (winner, loser) = a.HasEnded ? (b, a) : (a, b);
        var (code, said) = await loser.EndAsync();
        Assert.Equal(1, code);
        Assert.Matches($"^shop: the shop is running already: .* which (process {winner.Pid}|another process) uses; ", said.Trim());
        Assert.False(winner.HasEnded);

        winner.Kill();
        await winner.EndAsync();
        RunLock.Take(Path.Combine(Data, "apphost.lock"), "Shop:Data", Data);
    }
}
