using System.Text;

namespace Shop.Catalog.Search;

/// <summary>Splits text into folded words.</summary>
internal static class SearchWords
{
    /// <summary>The words of a product's text. All characters but letters and digits separate words: "USB-C" is two words.</summary>
    public static List<string> Of(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var c in Letters.Compose(text))
        {
            if (Letters.Fold(c) is not '\0' and var letter)
                word.Append(letter);
            else
                Finish(words, word);
        }

        Finish(words, word);
        return words;
    }

    /// <summary>The words of a typed query. Only spaces separate words: "usb-c" is "usbc", which finds "USB-C", "USB C" and "USBC".</summary>
    public static List<string> Typed(string query)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var c in Letters.Compose(query))
        {
            if (char.IsWhiteSpace(c))
                Finish(words, word);
            else if (Letters.Fold(c) is not '\0' and var letter)
                word.Append(letter);
        }

        Finish(words, word);
        return words;
    }

    private static void Finish(List<string> words, StringBuilder word)
    {
        if (word.Length > 0)
            words.Add(word.ToString());
        word.Clear();
    }
}
