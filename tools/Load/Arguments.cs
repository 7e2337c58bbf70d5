using System.Globalization;

namespace Shop.Load;

/// <summary>The options after the command: <c>--name value</c>, and flags <c>--name</c>.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = [];

    public Arguments(IEnumerable<string> words)
    {
        string? name = null;
        foreach (var word in words)
        {
            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                name = word[2..];
                if (!_values.TryAdd(name, ""))
                    throw new MistakeException($"--{name} is given twice.");
            }
            else if (name is not null)
            {
                _values[name] = word;
                name = null;
            }
            else
            {
                throw new MistakeException($"'{word}' is not an option; options begin with --.");
            }
        }
    }

    public bool Flag(string name)
    {
        if (!_values.Remove(name, out var value))
            return false;
        return value.Length == 0 ? true : throw new MistakeException($"--{name} takes no value.");
    }

    public string? Text(string name)
    {
        if (!_values.Remove(name, out var value))
            return null;
        return value.Length > 0 ? value : throw new MistakeException($"--{name} needs a value.");
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public int Count(string name, int otherwise, int min, int max) => (int)Number(name, otherwise, min, max, whole: true);

    /// <summary>A list, separated by commas.</summary>
    public IReadOnlyList<int> Counts(string name, int otherwise, int min, int max) =>
        Text(name) is { } text ? [.. text.Split(',').Select(part => (int)Parse(name, part, min, max, whole: true))] : [otherwise];

    public double Number(string name, double otherwise, double min, double max) => Number(name, otherwise, min, max, whole: false);

    /// <summary>Call it after all options of the command have been read.</summary>
    /// <exception cref="MistakeException">There is an unknown option.</exception>
    public void NothingElse()
    {
        if (_values.Keys.FirstOrDefault() is { } unknown)
            throw new MistakeException($"--{unknown} is not an option of this command; see ./shop load help.");
    }

    private double Number(string name, double otherwise, double min, double max, bool whole) =>
        Text(name) is { } text ? Parse(name, text, min, max, whole) : otherwise;

    private static double Parse(string name, string text, double min, double max, bool whole) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max && (!whole || number == Math.Floor(number))
            ? number
            : throw new MistakeException($"--{name} is {text}; it must be {(whole ? "a whole number" : "a number")} from {min} to {max}.");
}
