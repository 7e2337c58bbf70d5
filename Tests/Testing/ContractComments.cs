namespace Shop.Testing;

/// <summary>What the comments of the contracts list, for tests that hold other lists against them.</summary>
public static class ContractComments
{
    /// <summary>The lines of comment above a field.</summary>
    /// <param name="contract">Below <c>Protos</c>.</param>
    public static string Of(string contract, string field)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "Protos", contract));
        var lines = text[..text.IndexOf(field, StringComparison.Ordinal)].Split('\n')[..^1];
        return string.Join('\n', lines.Reverse().TakeWhile(line => line.TrimStart().StartsWith("//", StringComparison.Ordinal)).Reverse());
    }
}
