using System.Text.Json;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Validation;

namespace Shop.Gateway.Input;

/// <summary>
/// The fields of one JSON object, each read with its path (<c>items[0].quantity</c>), into a message for a service. Only what a message cannot hold is an error here:
/// another type, an absent field, half of a surrogate pair. Limits and contents are for the service (<see cref="ServiceCalls.AnswerAsync"/>).
/// Only <see cref="Check"/> throws: a bad field is recorded and a default returned, so that all of them are reported together. Unknown fields are ignored.
/// </summary>
internal sealed class Fields
{
    /// <summary>Of a list: more than any service takes, and few enough for an answer that names each.</summary>
    private const int MaxElements = 200;

    private static readonly JsonElement Empty = JsonElement.Parse("{}");

    private readonly JsonElement _object;
    private readonly string _path;

    public Fields(JsonElement root) : this(root, "", new Check()) { }

    private Fields(JsonElement element, string path, Check check) => (_object, _path, Check) = (element, path, check);

    public Check Check { get; }

    /// <summary>Absent or null.</summary>
    public bool Lacks(string name) => Find(name) is null;

    /// <summary>Any text: what it may be is for the service to say. Absent is an error, because a message has one form for absent and for empty text.</summary>
    public string Text(string name) => String(name) ?? "";

    /// <returns>Empty when none is given.</returns>
    public string OptionalText(string name) => Lacks(name) ? "" : Text(name);

    /// <summary>Any whole number. Absent is an error, because a message has one form for an absent number and for 0.</summary>
    public long Number(string name)
    {
        if (Find(name) is not { } value)
            Missing(name);
        else if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number))
            return number;
        else
            Fail(name, "must be a whole number");

        return 0;
    }

    /// <summary>For a field of 32 bits. A number that does not fit becomes the nearest one that does, which is out of the service's limits, too.</summary>
    public int Clamped(string name) => (int)Math.Clamp(Number(name), int.MinValue, int.MaxValue);

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

    /// <summary>
    /// All elements, so that their numbers are those of the service's errors: one that is no object is an empty one. How many there may be is for the service to say;
    /// <see cref="MaxElements"/> only limits the work, like the size of the body.
    /// </summary>
    public IReadOnlyList<T> List<T>(string name, Func<Fields, T> read)
    {
        if (Find(name) is not { } value)
            Missing(name);
        else if (value.ValueKind != JsonValueKind.Array)
            Fail(name, "must be a list");
        else if (value.GetArrayLength() > MaxElements)
            Fail(name, "has too many elements");
        else
            return [.. value.EnumerateArray().Select((element, i) => read(Element(element, $"{Path(name)}[{i}]")))];

        return [];
    }

    public void Fail(string name, string message) => Check.Fail(Path(name), message);

    private void Missing(string name) => Fail(name, "is missing");

    private Fields Element(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Object)
            return new(element, path, Check);

        Check.Fail(path, "must be an object");
        return new(Empty, path, new Check());
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
