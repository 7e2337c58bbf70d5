using Shop.AppHost.Info;

namespace Shop.AppHost.Tests;

public sealed class Info_file : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-info-").FullName;

    private string Document => Path.Combine(_folder, "run", "info.json");

    private string Pid => Path.Combine(_folder, "run", "info.pid");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_is_there_only_while_all_is_healthy_and_says_all_the_time_who_keeps_it()
    {
        var file = new InfoFile(Document);
        file.Begin();
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
    public void Only_its_owner_may_read_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights.");
        var file = new InfoFile(Document);
        file.Begin();
        file.Write("{}");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Document));
    }
}
