namespace Shop.Contracts.Tests;

/// <summary>A copy of the contracts that a test may spoil.</summary>
public sealed class ContractFolder : IDisposable
{
    private ContractFolder(string path) => Path = path;

    public string Path { get; }

    public static ContractFolder CopyOf(string protos)
    {
        var copy = Directory.CreateTempSubdirectory("contracts-").FullName;
        File.Copy(System.IO.Path.Combine(protos, "buf.yaml"), System.IO.Path.Combine(copy, "buf.yaml"));
        foreach (var file in Directory.EnumerateFiles(System.IO.Path.Combine(protos, "shop"), "*.proto", SearchOption.AllDirectories))
        {
            var target = System.IO.Path.Combine(copy, System.IO.Path.GetRelativePath(protos, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return new ContractFolder(copy);
    }

    /// <summary>Replaces a text that is there exactly once.</summary>
    public void Change(string file, string from, string to)
    {
        var path = System.IO.Path.Combine(Path, file);
        var text = File.ReadAllText(path);
        if (text.Split(from).Length != 2)
            throw new InvalidOperationException($"'{from}' is not there exactly once in {file}.");

        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
