using System.Text.RegularExpressions;
using Xunit;

namespace Shop.Architecture.Tests.Docs;

public sealed partial class ReasonReferenceTests
{
    private static readonly Dictionary<string, string> Statuses = new()
    {
        ["NotFound"] = "404", ["Conflict"] = "409", ["Refused"] = "422", ["Forbidden"] = "403", ["Unauthenticated"] = "401", ["TooMany"] = "429", ["Unavailable"] = "503",
    };

    /// <summary>A reason of one word looks like any other text in the code: that it is listed is not seen, only that it exists.</summary>
    [Fact]
    public void Every_reason_of_several_words_is_listed_and_every_listed_one_is_in_the_code()
    {
        var listed = Reference.Rows("error-reasons.md", 1).Select(row => row.Trim('`')).ToList();

        var missing = Thrown().Select(reason => reason.Name).Where(name => name.Contains('_', StringComparison.Ordinal)).Except(listed);
        var unknown = listed.Where(name => !Reference.Code.Any(file => file.Text.Contains($"\"{name}\"", StringComparison.Ordinal)));

        Reference.AssertNone(missing.Select(name => $"{name} is not listed"));
        Reference.AssertNone(unknown.Select(name => $"{name} is not in the code"));
    }

    [Fact]
    public void Every_reason_has_the_status_that_it_is_thrown_with()
    {
        var thrown = Thrown().ToLookup(reason => reason.Name, reason => reason.Status);

        Reference.AssertNone(from row in Reference.Rows("error-reasons.md", 2)
                             let cells = row.Split(" | ")
                             let statuses = thrown[cells[0].Trim('`')].Distinct().ToList()
                             where cells[1] != "–" && statuses.Count > 0 && !statuses.Contains(cells[1])
                             select $"{row}, thrown with {string.Join(", ", statuses)}");
    }

    private static IReadOnlyList<(string Name, string Status)> Thrown()
    {
        var code = Reference.Code.Select(file => Comments().Replace(file.Text, "")).ToList();
        var constants = code.SelectMany(text => Constants().Matches(text)).GroupBy(match => match.Groups[1].Value)
            .Where(name => name.Count() == 1).ToDictionary(name => name.Key, name => name.Single().Groups[2].Value);
        return [.. from text in code
                   from Match statement in Statements().Matches(text)
                   let status = statement.Groups["status"] is { Success: true } number ? number.Value : Statuses[statement.Groups["kind"].Value]
                   from name in Reasons().Matches(statement.Value).Select(match => match.Groups[1].Value)
                       .Concat(Names().Matches(statement.Value).Select(match => constants.GetValueOrDefault(match.Value, "")).Where(text => Reasons().IsMatch($"\"{text}\"")))
                   select (name, status)];
    }

    [GeneratedRegex("///?[^\n]*")]
    private static partial Regex Comments();

    [GeneratedRegex("""const string (\w+) = "([^"]*)";""")]
    private static partial Regex Constants();

    // From the exception's name, or the refusal's status, to the end of the statement or the next of them; a semicolon in a text ends none.
    [GeneratedRegex("""(?:\b(?<kind>NotFound|Conflict|Refused|Forbidden|Unauthenticated|TooMany|Unavailable)Exception\b|Refusal\.Of\(StatusCodes\.Status(?<status>\d+))(?:"(?:\\.|[^"\\])*"|(?!\b(?:NotFound|Conflict|Refused|Forbidden|Unauthenticated|TooMany|Unavailable)Exception\b)[^;"])*""")]
    private static partial Regex Statements();

    [GeneratedRegex("""
        "([a-z]+(?:_[a-z]+)*)"
        """)]
    private static partial Regex Reasons();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Names();
}
