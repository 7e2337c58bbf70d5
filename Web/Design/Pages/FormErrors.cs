namespace Shop.Design.Pages;

/// <summary>What is wrong with a form: keys of texts by the names of fields; <see cref="General"/> is about none of them.</summary>
public sealed class FormErrors
{
    private readonly Dictionary<string, string> _fields = [];

    /// <summary>No errors.</summary>
    public static FormErrors None => new();

    /// <summary>A text; null: none.</summary>
    public string? General { get; private set; }

    /// <summary>Texts by field, in the order in which they were found.</summary>
    public IReadOnlyDictionary<string, string> Fields => _fields;

    /// <summary>Whether there is any.</summary>
    public bool Any => General is not null || _fields.Count > 0;

    /// <summary>About the whole form.</summary>
    public static FormErrors Of(string general) => new() { General = general };

    /// <summary>About one field; the first one counts.</summary>
    public FormErrors With(string field, string text)
    {
        _fields.TryAdd(field, text);
        return this;
    }

    /// <summary>The text of a field; null: it is right.</summary>
    public string? At(string field) => _fields.GetValueOrDefault(field);
}
