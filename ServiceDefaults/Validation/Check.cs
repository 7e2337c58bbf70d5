using System.Numerics;
using Shop.ServiceDefaults.Validation;

namespace Shop.ServiceDefaults;

/// <summary>
/// Collects what is wrong with a request, so that its sender learns of everything at once. A check that fails returns a harmless value:
/// look at nothing before <see cref="ThrowIfAny"/>.
/// </summary>
/// <remarks>
/// Lengths are counted in Unicode code points, as PostgreSQL's char_length does: what passes here fits its column.
/// </remarks>
public sealed class Check
{
    private readonly Dictionary<string, List<string>> _errors = [];

    public bool HasErrors => _errors.Count > 0;

    /// <param name="field">As in JSON: "items[0].quantity".</param>
    /// <param name="message">Goes on after the field's name: "must be 1 to 99".</param>
    public void Fail(string field, string message)
    {
        if (!_errors.TryGetValue(field, out var messages))
            _errors[field] = messages = [];
        messages.Add(message);
    }

    public bool That(bool holds, string field, string message)
    {
        if (!holds)
            Fail(field, message);
        return holds;
    }

    /// <summary>A text of one line: no control characters and no line breaks.</summary>
    public string Line(string field, string? value, int min, int max) => Accept(field, value, TextRules.Fault(value, min, max, isOneLine: true));

    /// <summary>A text that may have line breaks and tabs.</summary>
    public string Text(string field, string? value, int min, int max) => Accept(field, value, TextRules.Fault(value, min, max, isOneLine: false));

    public T Range<T>(string field, T value, T min, T max) where T : INumber<T>
    {
        That(value >= min && value <= max, field, $"must be {min} to {max}");
        return value;
    }

    public Guid Uuid(string field, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            Fail(field, "is missing");
            return Guid.Empty;
        }

        // Only the usual form. The parser is lenient (spaces, "0x"), and each other form would be a second name of the same thing.
        if (Guid.TryParseExact(value, "D", out var id) && id.ToString().Equals(value, StringComparison.OrdinalIgnoreCase))
            return id;

        Fail(field, "must be a UUID");
        return Guid.Empty;
    }

    /// <exception cref="InvalidException">Anything failed.</exception>
    public void ThrowIfAny()
    {
        if (HasErrors)
            throw new InvalidException(_errors.ToDictionary(error => error.Key, error => error.Value.ToArray()));
    }

    private string Accept(string field, string? value, string? fault)
    {
        if (fault is not null)
            Fail(field, fault);
        return fault is null ? value ?? "" : "";
    }
}
