namespace Shop.Catalog.Search;

/// <summary>One typed word as a tsquery over <see cref="Lexemes"/>.</summary>
internal static class WordQuery
{
    public static readonly string[] Name = [""];
    public static readonly string[] Anywhere = ["", $"{Lexemes.Description}"];

    public static string Exact(string word, string[] places) => Any(ExactTerms(word, places));

    /// <summary>Also matches with one letter wrong, missing, extra, or swapped with its neighbour.</summary>
    public static string Forgiving(string word, string[] places) =>
        IsForgiven(word) ? Any(ExactTerms(word, places).Concat(Misspellings(word, places))) : Exact(word, places);

    public static bool IsForgiven(string word) => word.Length >= Lexemes.ForgivenLength;

    private static IEnumerable<string> ExactTerms(string word, string[] places)
    {
        // Korean compounds are written with and without spaces, and with words in between: "무선키보드" means "무선 기계식 키보드", too.
        var cuts = Letters.HasHangul(word) && word.Length >= 4 ? Enumerable.Range(2, word.Length - 3).ToList() : [];
        foreach (var i in cuts)
            yield return $"({Begins(word[..i], places)} & {Begins(word[i..], places)})";

        // A run starts at every syllable, so the parts of a whole word are found.
        if (!cuts.Any(i => Letters.IsHangul(word[i])))
            yield return Begins(word, places);
    }

    // A single letter matches whole words only: as a prefix it would match too much.
    private static string Begins(string word, string[] places) => word.Length == 1
        ? Lexeme($"{Lexemes.Whole}{word}", places)
        : Lexeme(Lexemes.Cut(word, Lexemes.RunLength), places, prefix: true);

    private static IEnumerable<string> Misspellings(string word, string[] places)
    {
        if (word.Length > Lexemes.OpenLength)      // the wrong letter is after the cut
            yield return Lexeme(word[..Lexemes.OpenLength], places, prefix: true);

        var run = Lexemes.Cut(word, Lexemes.OpenLength);
        for (var i = 0; i <= run.Length; i++)
        {
            if (i < run.Length)
                yield return Lexeme($"{run[..i]}{Lexemes.Open}{run[(i + 1)..]}", places, prefix: true);
            yield return Lexeme(Lexemes.Cut($"{run[..i]}{Lexemes.Open}{run[i..]}", Lexemes.OpenLength), places, prefix: true);
            if (i < run.Length)
                yield return Lexeme($"{Lexemes.Whole}{word[..i]}{word[(i + 1)..]}", places);
            if (i + 1 < run.Length)
                yield return Lexeme($"{run[..i]}{run[i + 1]}{run[i]}{run[(i + 2)..]}", places, prefix: true);
        }
    }

    // Lexemes are letters and digits with '?', '=' and '.', so a quoted one needs no escapes.
    private static string Lexeme(string lexeme, string[] places, bool prefix = false) =>
        Any(places.Select(place => prefix ? $"'{place}{lexeme}':*" : $"'{place}{lexeme}'"));

    private static string Any(IEnumerable<string> terms) => $"({string.Join(" | ", terms.Distinct())})";
}
