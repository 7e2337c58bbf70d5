using Shop.AppHost.Info;
using Shop.AppHost.Settings;

namespace Shop.AppHost.Tests;

public sealed class InfoFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-info-").FullName;

    private string Document => Path.Combine(_folder, "run", "info.json");

    private string Pid => Path.Combine(_folder, "run", "info.pid");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_is_there_only_while_all_is_healthy_and_says_all_the_time_who_keeps_it()
    {
        var file = InfoFile.Begin(Document);
        Assert.False(File.Exists(Document));
        Assert.Equal($"{Environment.ProcessId}", File.ReadAllText(Pid).Trim());

        file.Write("{}");
        Assert.Equal("{}", File.ReadAllText(Document).Trim());

        file.Withdraw();
        Assert.False(File.Exists(Document));

        file.Write("{}");
        Assert.True(File.Exists(Document));

        file.End();
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(Document)!));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_said_in_one_sentence()
    {
        File.WriteAllText(Path.Combine(_folder, "run"), "a file where the folder should be");

        var refused = Assert.Throws<SetupException>(() => InfoFile.Begin(Document));

        Assert.StartsWith($"Shop:InfoFile is {Document}, which cannot be written: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_its_owner_may_read_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights.");
        var file = InfoFile.Begin(Document);
        file.Write("{}");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Document));
    }
}
