using Shop.AppHost.Infrastructure;
using Shop.AppHost.Settings;
using Shop.Testing;

namespace Shop.AppHost.Tests;

public sealed class FreshStartTests : IDisposable
{
    private readonly string _folder = TestFolder.New("fresh");

    private ShopSettings Settings => new() { Data = _folder };

    [Fact]
    public void Nothing_of_earlier_runs_is_left_nor_of_an_emptying_that_was_broken_off()
    {
        foreach (var folder in new[] { DataFolder.Kafka(Settings), $"{DataFolder.Kafka(Settings)}.gone", DataFolder.Postgres(Settings, "ordering") })
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(folder).FullName, "data"), "old");

        DataFolder.Empty(Settings);
        DataFolder.Empty(Settings);

        Assert.Empty(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories));
        Assert.False(Directory.Exists(DataFolder.Kafka(Settings)));
        Assert.False(Directory.Exists(DataFolder.Postgres(Settings, "ordering")));
    }

    public void Dispose() => TestFolder.Delete(_folder);
}
