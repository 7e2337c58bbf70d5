namespace Shop.Catalog.Search;

/// <summary>
/// What somebody typed, as tsqueries over <see cref="Lexemes"/>: every word must be found, in the order of a better and a worse match.
/// A query without any letter or digit is <see langword="null"/>: it finds nothing.
/// </summary>
/// <param name="Words">The folded words, for the score.</param>
internal sealed record SearchQuery(IReadOnlyList<string> Words, string InName, string Anywhere, string InNameForgiving, string AnywhereForgiving)
{
    // What follows is ignored: nobody means eleven words, and the work per query stays bounded.
    private const int MaxWords = 10;
    private const int MaxLetters = 32;

    // Up to here every way of joining neighbours is tried ("블루 투스 이어 폰"): 2^(n-1) of them.
    private const int FreelyJoined = 4;

    public bool Forgives => AnywhereForgiving != Anywhere;

    public static SearchQuery? Parse(string query)
    {
        var words = SearchWords.Typed(query).Take(MaxWords).Select(word => Lexemes.Cut(word, MaxLetters)).ToList();
        if (words.Count == 0)
            return null;

        string Render(Func<string, string> term) => Any(Readings(words).Select(reading => All(reading.Select(term))));

        return new(words,
            Render(word => WordQuery.Exact(word, WordQuery.Name)),
            Render(word => WordQuery.Exact(word, WordQuery.Anywhere)),
            Render(word => WordQuery.Forgiving(word, WordQuery.Name)),
            Render(word => WordQuery.Forgiving(word, WordQuery.Anywhere)));
    }

    /// <summary>The words as they are, and with neighbours joined: "key board" is "keyboard", too.</summary>
    private static IEnumerable<IReadOnlyList<string>> Readings(List<string> words)
    {
        if (words.Count <= FreelyJoined)
            return Enumerable.Range(0, 1 << (words.Count - 1)).Select(joints => Join(words, i => (joints >> i & 1) == 1));

        return Enumerable.Range(-1, words.Count)
            .Select(joint => Join(words, i => i == joint))
            .Append(Join(words, _ => true));
    }

    private static List<string> Join(List<string> words, Func<int, bool> joinedToNext)
    {
        var joined = new List<string> { words[0] };
        for (var i = 1; i < words.Count; i++)
        {
            if (joinedToNext(i - 1))
                joined[^1] = Lexemes.Cut(joined[^1] + words[i], MaxLetters);
            else
                joined.Add(words[i]);
        }

        return joined;
    }

    private static string All(IEnumerable<string> terms) => string.Join(" & ", terms.Distinct());

    private static string Any(IEnumerable<string> readings) => string.Join(" | ", readings.Distinct().Select(reading => $"({reading})"));
}
