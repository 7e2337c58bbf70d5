namespace Shop.Catalog.Search;

/// <summary>
/// The lexemes of a product's search document. All variants that search accepts are stored when a product is saved, so a search only looks up lexemes in one
/// GIN index: exact, and the same under every database locale. (Trigram similarity would need a threshold that either misses one wrong letter of five or admits
/// unrelated words, has no trigram for two syllables, and drops Hangul under the C locale.)
/// <list type="bullet">
/// <item><c>keyboard</c>: a run of letters from the beginning of a word or from a Hangul syllable on. Queries match its beginning, so parts of
/// Korean words are found; in names a run continues across spaces, so spaces do not matter.</item>
/// <item><c>=keyboard</c>: a whole word, for queries that must match the whole word.</item>
/// <item><c>key?oard</c>: the beginning of a run with a wildcard for one letter.</item>
/// </list>
/// Lexemes of descriptions begin with a dot: names have more weight.
/// </summary>
internal static class Lexemes
{
    /// <summary>Runs are cut to this length, in letters: search ignores later differences.</summary>
    public const int RunLength = 12;

    /// <summary>Runs with a wildcard are cut to this length, in letters: each run has one such lexeme per letter.</summary>
    public const int OpenLength = 8;

    /// <summary>The minimum length, in letters, of a word that may have one wrong letter.</summary>
    public const int ForgivenLength = 5;

    public const char Open = '?';
    public const char Whole = '=';
    public const char Description = '.';

    public static string[] Of(IEnumerable<string> names, IEnumerable<string> descriptions) =>
    [
        .. names.SelectMany(name => Of(SearchWords.Of(name), overSpaces: true))
            .Concat(descriptions.SelectMany(text => Of(SearchWords.Of(text), overSpaces: false)).Select(lexeme => Description + lexeme))
            .Distinct(),
    ];

    private static IEnumerable<string> Of(List<string> words, bool overSpaces)
    {
        var letters = string.Concat(words);
        var start = 0;
        foreach (var word in words)
        {
            var end = overSpaces ? letters.Length : start + word.Length;
            if (word.Length is 1 or >= ForgivenLength - 1)
                yield return Whole + word;

            for (var i = 0; i < word.Length; i++)
            {
                if ((i == 0 || Letters.IsHangul(word[i])) && end - start - i >= 2)
                    yield return Cut(letters[(start + i)..end], RunLength);
            }

            var run = Cut(letters[start..end], OpenLength);
            // Numbers and model names ("Q203") have no near misses: another number is another thing.
            var canBeMisspelt = run.Length >= ForgivenLength && !word.All(char.IsAsciiDigit) && (word.Length >= ForgivenLength || !word.Any(char.IsAsciiDigit));
            for (var i = 0; canBeMisspelt && i < run.Length; i++)
                yield return $"{run[..i]}{Open}{run[(i + 1)..]}";

            start += word.Length;
        }
    }

    public static string Cut(string run, int length) => run.Length <= length ? run : run[..length];
}
