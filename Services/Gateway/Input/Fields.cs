using System.Text.Json;
using Shop.ServiceDefaults;

namespace Shop.Gateway.Input;

/// <summary>
/// The fields of one JSON object, each read with its path (<c>items[0].quantity</c>). Nothing throws before <see cref="Check"/> is asked to:
/// a bad field is noted and some value returned, so that all of them are reported together. Unknown fields are not looked at.
/// </summary>
public sealed class Fields
{
    private readonly JsonElement _object;
    private readonly string _path;

    public Fields(JsonElement root) : this(root, "", new Check()) { }

    private Fields(JsonElement element, string path, Check check) => (_object, _path, Check) = (element, path, check);

    public Check Check { get; }

    /// <summary>Absent or null.</summary>
    public bool Lacks(string name) => Find(name) is null;

    /// <summary>One line, without control characters.</summary>
    public string Line(string name, int min, int max) => String(name) is { } text ? Check.Line(Path(name), text, min, max) : "";

    /// <summary>What is given must be seen; an empty text is as good as none.</summary>
    public string? OptionalLine(string name, int max) => Lacks(name) || Find(name) is { ValueKind: JsonValueKind.String } text && text.ValueEquals("") ? null : Line(name, 1, max);

    public string Email(string name) => String(name) is { } text ? Check.Email(Path(name), text) : "";

    /// <returns>Null when none is given.</returns>
    public string? OptionalUrl(string name, int max) => Lacks(name) ? null : String(name) is { } text ? Check.Url(Path(name), text, max) : "";

    /// <summary>Line breaks and tabs are fine.</summary>
    public string Text(string name, int min, int max) => String(name) is { } text ? Check.Text(Path(name), text, min, max) : "";

    /// <summary>Any text: whether it will do is for the service to say.</summary>
    public string Text(string name) => String(name) ?? "";

    /// <returns>Empty when none is given.</returns>
    public string OptionalText(string name) => Lacks(name) ? "" : Text(name);

    public Guid Uuid(string name) => String(name) is { } text ? Check.Uuid(Path(name), text) : Guid.Empty;

    public long Whole(string name, long min, long max)
    {
        if (Find(name) is not { } value)
            Missing(name);
        else if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number))
            Fail(name, "must be a whole number");
        else
            return Check.Range(Path(name), number, min, max);

        return min;
    }

    public bool Flag(string name, bool otherwise)
    {
        if (Find(name) is not { } value)
            return otherwise;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Fail(name, "must be true or false");
        return value.ValueKind == JsonValueKind.True;
    }

    public T? Nested<T>(string name, Func<Fields, T> read) where T : class
    {
        if (Find(name) is not { } value)
            Missing(name);
        else if (value.ValueKind != JsonValueKind.Object)
            Fail(name, "must be an object");
        else
            return read(new(value, Path(name), Check));

        return null;
    }

    public T? OptionalNested<T>(string name, Func<Fields, T> read) where T : class => Lacks(name) ? null : Nested(name, read);

    /// <summary>Only as many elements are looked at as there may be.</summary>
    public IReadOnlyList<T> List<T>(string name, int min, int max, Func<Fields, T> read) where T : class
    {
        if (Find(name) is not { } value)
            Missing(name);
        else if (value.ValueKind != JsonValueKind.Array)
            Fail(name, "must be a list");
        else if (value.GetArrayLength() is var length && (length < min || length > max))
            Fail(name, $"must have {min} to {max} elements");
        else
            return [.. value.EnumerateArray().Select((element, i) => Element(element, $"{Path(name)}[{i}]", read)).OfType<T>()];

        return [];
    }

    public void Fail(string name, string message) => Check.Fail(Path(name), message);

    private void Missing(string name) => Fail(name, "is missing");

    private T? Element<T>(JsonElement element, string path, Func<Fields, T> read) where T : class
    {
        if (element.ValueKind == JsonValueKind.Object)
            return read(new(element, path, Check));

        Check.Fail(path, "must be an object");
        return null;
    }

    private string Path(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private JsonElement? Find(string name)
    {
        try
        {
            return _object.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
        }
        catch (InvalidOperationException)
        {
            // One of the names is half a surrogate pair: it cannot be ours, and comparing with it is refused.
            return null;
        }
    }

    /// <returns>Null after a failure.</returns>
    private string? String(string name)
    {
        if (Find(name) is not { } value)
        {
            Missing(name);
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Fail(name, "must be text");
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            Fail(name, "holds half of a surrogate pair");
            return null;
        }
    }
}
