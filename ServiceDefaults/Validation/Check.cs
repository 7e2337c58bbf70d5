using System.Numerics;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Text;
using Shop.ServiceDefaults.Validation;

namespace Shop.ServiceDefaults.Validation;

/// <summary>
/// Collects the validation errors of a request, so that all are reported at once. A failed check returns a placeholder value: do not use results before
/// <see cref="ThrowIfAny"/>. Not thread-safe.
/// </summary>
/// <remarks>
/// Lengths are counted in Unicode code points, as by PostgreSQL's char_length: text that passes fits its column.
/// </remarks>
public sealed class Check
{
    private readonly Dictionary<string, List<string>> _errors = [];

    /// <summary>A check has failed.</summary>
    public bool HasErrors => _errors.Count > 0;

    /// <summary>A check of this field has failed.</summary>
    public bool HasErrorAt(string field) => _errors.ContainsKey(field);

    /// <summary>Adds an error.</summary>
    /// <param name="field">As in JSON: "items[0].quantity".</param>
    /// <param name="message">Continues the field's name: "must be 1 to 99".</param>
    public void Fail(string field, string message)
    {
        if (!_errors.TryGetValue(field, out var messages))
            _errors[field] = messages = [];
        messages.Add(message);
    }

    /// <summary>
    /// Adds the errors of another service, so that one answer names all bad fields. Of errors at a field and below it only the one at the field is kept: the others
    /// follow from it. Where both have one at the same field, this check's is kept.
    /// </summary>
    public void Add(InvalidException failure)
    {
        foreach (var (field, messages) in failure.Errors.Where(error => !_errors.Keys.Any(known => InvalidException.IsAtOrBelow(error.Key, known))))
        {
            foreach (var below in _errors.Keys.Where(known => InvalidException.IsAtOrBelow(known, field)).ToList())
                _errors.Remove(below);
            _errors[field] = [.. messages];
        }
    }

    /// <summary>Adds an error unless the condition holds; returns the condition.</summary>
    public bool That(bool holds, string field, string message)
    {
        if (!holds)
            Fail(field, message);
        return holds;
    }

    /// <summary>Text of one line: without control characters and line breaks, and with a visible character if <paramref name="min"/> is above 0.</summary>
    /// <returns>The text in NFC.</returns>
    public string Line(string field, string? value, int min, int max) => Accept(field, TextRules.Read(value, min, max, isOneLine: true));

    /// <summary>As <see cref="Line"/>, but line breaks and tabs are allowed.</summary>
    public string Text(string field, string? value, int min, int max) => Accept(field, TextRules.Read(value, min, max, isOneLine: false));

    /// <summary>A name: as <see cref="Line"/>, without invisible characters, which would allow different names that look the same.</summary>
    public string Name(string field, string? value, int min, int max)
    {
        var name = Line(field, value, min, max);
        return That(!name.EnumerateRunes().Any(rune => rune.Value != ' ' && Invisible.Is(rune)), field, "must not have invisible characters") ? name : "";
    }

    /// <summary>A well-formed email address.</summary>
    public string Email(string field, string? value)
    {
        var address = Line(field, value, 1, EmailRule.MaxLength);
        return address.Length == 0 || That(EmailRule.Holds(address), field, "must be an email address") ? address : "";
    }

    /// <summary>A URL for browsers: a path on the shop's host, or an http(s) address.</summary>
    public string Url(string field, string? value, int max)
    {
        var url = Line(field, value, 1, max);
        return url.Length == 0 || That(UrlRule.Holds(url), field, "must be a path that begins with / or an http(s) address") ? url : "";
    }

    /// <summary>A number from <paramref name="min"/> to <paramref name="max"/>, both included.</summary>
    public T Range<T>(string field, T value, T min, T max) where T : INumber<T>
    {
        That(value >= min && value <= max, field, $"must be {min} to {max}");
        return value;
    }

    /// <summary>A UUID in the form of <see cref="Uuid(string?)"/>.</summary>
    public Guid Uuid(string field, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            Fail(field, "is missing");
            return Guid.Empty;
        }

        if (Uuid(value) is { } id)
            return id;

        Fail(field, "must be a UUID");
        return Guid.Empty;
    }

    /// <summary>A UUID in its usual form only: the parser also accepts others (spaces, signs, "0x"), which would give one thing several names.</summary>
    /// <returns>Null for anything else.</returns>
    public static Guid? Uuid(string? value) =>
        Guid.TryParseExact(value, "D", out var id) && id.ToString().Equals(value, StringComparison.OrdinalIgnoreCase) ? id : null;

    /// <summary>Throws all errors.</summary>
    /// <exception cref="InvalidException">A check has failed.</exception>
    public void ThrowIfAny()
    {
        if (HasErrors)
            throw new InvalidException(_errors.ToDictionary(error => error.Key, error => error.Value.ToArray()));
    }

    private string Accept(string field, (string Text, string? Fault) read)
    {
        if (read.Fault is not null)
            Fail(field, read.Fault);
        return read.Fault is null ? read.Text : "";
    }
}
