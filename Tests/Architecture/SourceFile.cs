using System.Text.RegularExpressions;

namespace Shop.Architecture.Tests;

/// <summary>What a file declares and what it names, by words: enough to see who knows whom, without a compiler.</summary>
internal sealed partial record SourceFile(string Path, IReadOnlyList<string> Declared, IReadOnlyList<string> Named)
{
    public static IReadOnlyList<SourceFile> ReadAll(IEnumerable<string> paths)
    {
        var files = paths.Select(path => Read(path, File.ReadAllText(path))).ToList();
        // Partial types, and names that a project gives twice, cannot be told apart by words: they are nobody's.
        var ambiguous = files.SelectMany(file => file.Declared.Distinct()).GroupBy(name => name).Where(name => name.Count() > 1).Select(name => name.Key).ToHashSet();
        return [.. files.Select(file => file with { Declared = [.. file.Declared.Except(ambiguous)] })];
    }

    public static SourceFile Read(string path, string text)
    {
        var code = Usings().Replace(Noise().Replace(text, " "), " ");
        var declared = Declarations().Matches(code).Select(match => match.Groups[1].Value).Distinct().ToList();
        var constants = Constants().Matches(code).Select(match => match.Groups[1].Value).Concat(Parameters().Matches(code).Select(match => match.Groups["name"].Value));
        var named = Words().Matches(code).Select(match => match.Value).Distinct().Except(declared).Except(constants).ToList();
        return new SourceFile(path, declared, named);
    }

    // Comments and texts, raw ones first. What is inserted into an interpolated text is lost with it: an arrow too few, never one too many.
    [GeneratedRegex("\"\"\".*?\"\"\"|//[^\n]*|/\\*.*?\\*/|\"(\\\\.|[^\"\\\\\n])*\"|'(\\\\.|[^'\\\\\n])'", RegexOptions.Singleline)]
    private static partial Regex Noise();

    [GeneratedRegex(@"^\s*(global )?(using|namespace)\s[^;(]*;", RegexOptions.Multiline)]
    private static partial Regex Usings();

    [GeneratedRegex(@"\b(?:class|record struct|record|struct|interface|enum)\s+([A-Z]\w*)")]
    private static partial Regex Declarations();

    // A constant may be called as a type of the project is.
    [GeneratedRegex(@"\b(?:const|static readonly)\s+[\w<>\[\]?,. ]+?\s([A-Z]\w*)\s*=")]
    private static partial Regex Constants();

    // So may the parameter of a record. After a keyword comes a type.
    [GeneratedRegex(@"\b(?!(?:is|as|not|or|and|return|await|out|in|ref|new|case|when|else|typeof|yield|throw) )(?<type>\w+)[?\]>\[]* (?!\k<type>\b)(?<name>[A-Z]\w*)(?=[,)]| = )", RegexOptions.ExplicitCapture)]
    private static partial Regex Parameters();

    // Types stand at the beginning of a path; after a dot comes a member. A name before "(" that is not constructed or a base is a method.
    [GeneratedRegex(@"(?<![\w.?])[A-Z]\w*(?!\w)(?!\s*(=>|\{\s*get|\{\s*init|[;,]?\s*=[^=>]))(?!\()|(?<=new\s)[A-Z]\w*")]
    private static partial Regex Words();
}
