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

    /// <summary>From the best to the worst way of being found; none holds what a better one holds.</summary>
    public IReadOnlyList<string> Levels => Forgives
        ? [InName, Without(Anywhere, InName), Without(InNameForgiving, Anywhere), Without(AnywhereForgiving, $"{Anywhere} | {InNameForgiving}")]
        : [InName, Without(Anywhere, InName)];

    public static SearchQuery? Parse(string query)
    {
        var words = SearchWords.Typed(query).Take(MaxWords).Select(word => Lexemes.Cut(word, MaxLetters)).ToList();
        if (words.Count == 0)
            return null;

        string Exact(string[] places) => Any(Readings(words).Select(reading => All(reading.Select(word => WordQuery.Exact(word, places)))));

        return new(words, Exact(WordQuery.Name), Exact(WordQuery.Anywhere), Forgiving(words, WordQuery.Name), Forgiving(words, WordQuery.Anywhere));
    }

    // Forgiven are the words as they are typed, and short ones that joining makes ("key bord"). Of longer ones only the beginning is compared when letters
    // may be wrong: "wirelesmecanicalkeybord" would be everything wireless. In every way of joining a long query it would be thousands of look-ups besides.
    private static string Forgiving(List<string> words, string[] places) => Any(Readings(words).Select((reading, i) => All(reading.Select(word =>
        (i == 0 || words.Count <= FreelyJoined) && (words.Contains(word) || word.Length <= Lexemes.OpenLength)
            ? WordQuery.Forgiving(word, places)
            : WordQuery.Exact(word, places)))));

    private static string Without(string query, string better) => $"({query}) & !({better})";

    /// <summary>The words as they are, first, and with neighbours joined: "key board" is "keyboard", too.</summary>
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
