using System.Globalization;
using Shop.ServiceDefaults;

namespace Shop.Gateway.Input;

/// <summary>Query parameters, as they came: strings or nothing.</summary>
public static class Query
{
    /// <summary>Zero stands for "not given" in the contracts.</summary>
    public static int PageSize(this Check check, string? value)
    {
        if (value is null)
            return 0;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= Page.MaxSize)
            return size;

        check.Fail("pageSize", $"must be a whole number, 1 to {Page.MaxSize}");
        return 0;
    }

    /// <summary>A parameter that is left out and one that is empty are the same; a blank one is a search for nothing, and no mistake.</summary>
    public static string OptionalLine(this Check check, string name, string? value, int max) => check.Line(name, value, 0, max);

    /// <summary>Whether it was issued here, and for this list, the service knows that did.</summary>
    public static string PageToken(this Check check, string? value)
    {
        if (value?.Length <= PageTokens.MaxLength)
            return check.OptionalLine("pageToken", value, PageTokens.MaxLength);

        check.That(value is null, "pageToken", "was not issued for this list");
        return "";
    }

    /// <summary>One of the words; null stands for "not given".</summary>
    public static T Choice<T>(this Check check, string name, string? value, IReadOnlyDictionary<string, T> words, T otherwise)
    {
        if (string.IsNullOrEmpty(value))
            return otherwise;
        if (words.TryGetValue(value, out var chosen))
            return chosen;

        check.Fail(name, $"must be one of {string.Join(", ", words.Keys)}");
        return otherwise;
    }
}
