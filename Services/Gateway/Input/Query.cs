using System.Globalization;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Validation;

namespace Shop.Gateway.Input;

/// <summary>Query parameters, as they came: strings or nothing.</summary>
internal static class Query
{
    /// <summary>Zero stands for "not given" in the contracts, so it cannot be given. How large a page may be is for its service to say.</summary>
    public static int PageSize(this Check check, string? value)
    {
        if (value is null)
            return 0;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0)
            return size;

        check.Fail("pageSize", "must be a whole number above 0");
        return 0;
    }

    /// <summary>One of the words, for a field that can hold only these; null stands for "not given".</summary>
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
