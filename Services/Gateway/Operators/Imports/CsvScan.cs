using System.Text;

namespace Shop.Gateway.Operators.Imports;

/// <summary>
/// One record of CSV (RFC 4180) at the beginning of a piece of text: fields with commas between them, quoted ones with commas, line breaks and doubled quotes inside.
/// Lines end with CR LF, LF or CR. A quote inside a field that is not quoted is an ordinary letter: 27" is no mistake.
/// </summary>
/// <param name="Length">How much of the text the record takes, its line break included; 0 if more text is needed to tell.</param>
internal readonly record struct CsvScan(int Length, IReadOnlyList<string> Fields, string? Fault)
{
    private static readonly CsvScan More = new(0, [], null);

    /// <param name="isAll">Nothing follows <paramref name="text"/>.</param>
    public static CsvScan Of(ReadOnlySpan<char> text, bool isAll)
    {
        var fields = new List<string>();
        for (var position = 0; ;)
        {
            string? field;
            if (position < text.Length && text[position] == '"')
            {
                field = Quoted(text, ref position);
                if (field is null)
                    return isAll ? new(0, fields, "has a quote that is never closed") : More;
            }
            else
            {
                var length = text[position..].IndexOfAny(",\r\n");
                field = length < 0 ? text[position..].ToString() : text.Slice(position, length).ToString();
                position += field.Length;
            }

            // What follows may decide: a second quote, or the LF behind a CR.
            if (!isAll && position + 1 >= text.Length)
                return More;

            fields.Add(field);
            if (position == text.Length)
                return new(position, fields, null);
            if (text[position] != ',')
                return EndOfLine(text, position, fields);
            position++;
        }
    }

    private static CsvScan EndOfLine(ReadOnlySpan<char> text, int position, List<string> fields) => text[position..] switch
    {
        ['\r', '\n', ..] => new(position + 2, fields, null),
        ['\r' or '\n', ..] => new(position + 1, fields, null),
        _ => new(0, fields, "has text behind a closing quote"),
    };

    /// <returns>Null if the quote is not closed.</returns>
    private static string? Quoted(ReadOnlySpan<char> text, ref int position)
    {
        var field = new StringBuilder();
        while (true)
        {
            var rest = text[(position + 1)..];
            var length = rest.IndexOf('"');
            if (length < 0)
                return null;

            field.Append(rest[..length]);
            position += length + 2;
            if (position >= text.Length || text[position] != '"')
                return field.ToString();
            field.Append('"');
        }
    }
}
