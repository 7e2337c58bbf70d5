namespace Shop.Catalog.Search;

/// <summary>
/// A typed query as tsqueries over <see cref="Lexemes"/>, from the best match to the worst. Every word must match.
/// A query without letters and digits is <see langword="null"/>: it matches nothing.
/// </summary>
/// <param name="Words">The folded words, for the score.</param>
internal sealed record SearchQuery(IReadOnlyList<string> Words, string InName, string Anywhere, string InNameForgiving, string AnywhereForgiving, bool Forgives)
{
    // Further words and letters are ignored, which bounds the work per query.
    private const int MaxWords = 10;
    private const int MaxLetters = 32;

    // Up to this many joints every combination of joined neighbours is tried ("블루 투 스 이 어폰"): 2^n.
    private const int FreelyJoined = 3;

    /// <summary>From the best to the worst match. A worse level includes the hits of better ones.</summary>
    public IReadOnlyList<string> Levels => Forgives ? [InName, Anywhere, InNameForgiving, AnywhereForgiving] : [InName, Anywhere];

    /// <summary>The hits of this level that no better level has.</summary>
    public string Only(int level) => level == 0 ? InName : $"({Levels[level]}) & !({string.Join(" | ", Levels.Skip(level > 1 ? 1 : 0).Take(level > 1 ? level - 1 : 1))})";

    public static SearchQuery? Parse(string query)
    {
        var words = SearchWords.Typed(query).Take(MaxWords).Select(word => Lexemes.Cut(word, MaxLetters)).ToList();
        if (words.Count == 0)
            return null;

        string Exact(string[] places) => Any(Readings(words).Select(reading => All(reading.Select(word => WordQuery.Exact(word, places)))));
        string Forgiving(string[] places) => All(words.Select((_, i) => Any(Covering(words, i).Select(word => WordQuery.Forgiving(word, places)))));

        return new(words, Exact(WordQuery.Name), Exact(WordQuery.Anywhere), Forgiving(WordQuery.Name), Forgiving(WordQuery.Anywhere),
            words.Select((_, i) => Covering(words, i)).Any(covering => covering.Any(WordQuery.IsForgiven)));
    }

    /// <summary>
    /// The words as typed, first, and with neighbours joined: "key board" is "keyboard", too. The index looks up a lexeme each time a query contains it, so needless
    /// readings are left out: where the second word can be found inside another, the separate words find whatever the joined one would.
    /// </summary>
    private static IEnumerable<IReadOnlyList<string>> Readings(List<string> words)
    {
        var joints = Enumerable.Range(0, words.Count - 1).Where(i => !(words[i].Length > 1 && words[i + 1].Length > 1 && Letters.IsHangul(words[i + 1][0]))).ToList();
        if (joints.Count <= FreelyJoined)
            return Enumerable.Range(0, 1 << joints.Count).Select(chosen => Join(words, i => joints.IndexOf(i) is >= 0 and var joint && (chosen >> joint & 1) == 1));

        return joints.Prepend(-1)
            .Select(joint => Join(words, i => i == joint))
            .Append(Join(words, joints.Contains));
    }

    // With wrong letters a word matches alone or joined with a neighbour ("key bord"). Longer joined words are left out, since only their beginning is compared:
    // "wirelesmecanicalkeybord" would match everything wireless.
    private static IEnumerable<string> Covering(List<string> words, int i) =>
        new[] { words[i] }.Concat(new[] { i - 1, i }.Where(left => left >= 0 && left + 1 < words.Count).Select(left => words[left] + words[left + 1])
            .Where(pair => pair.Length <= Lexemes.OpenLength));

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

    private static string All(IEnumerable<string> terms) => string.Join(" & ", terms.Distinct().Select(term => $"({term})"));

    private static string Any(IEnumerable<string> readings) => string.Join(" | ", readings.Distinct().Select(reading => $"({reading})"));
}
