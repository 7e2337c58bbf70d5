using System.Numerics;
using Shop.ServiceDefaults.Text;
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

    /// <summary>A text of one line: no control characters and no line breaks, and something to see in it if it may not be empty.</summary>
    /// <returns>The text in NFC.</returns>
    public string Line(string field, string? value, int min, int max) => Accept(field, TextRules.Read(value, min, max, isOneLine: true));

    /// <summary>As <see cref="Line"/>, and it may have line breaks and tabs.</summary>
    public string Text(string field, string? value, int min, int max) => Accept(field, TextRules.Read(value, min, max, isOneLine: false));

    /// <summary>A line that names something: what nobody can see in it would make a second name that looks the same.</summary>
    public string Name(string field, string? value, int min, int max)
    {
        var name = Line(field, value, min, max);
        return That(!name.EnumerateRunes().Any(rune => rune.Value != ' ' && Invisible.Is(rune)), field, "must not have invisible characters") ? name : "";
    }

    /// <summary>An address that mail can be sent to. Whether it arrives only mail can tell.</summary>
    public string Email(string field, string? value)
    {
        var address = Line(field, value, 1, EmailRule.MaxLength);
        return address.Length == 0 || That(EmailRule.Holds(address), field, "must be an email address") ? address : "";
    }

    /// <summary>What a browser may load: a path on the host that the shop is read from, or an http(s) address.</summary>
    public string Url(string field, string? value, int max)
    {
        var url = Line(field, value, 1, max);
        return url.Length == 0 || That(UrlRule.Holds(url), field, "must be a path that begins with / or an http(s) address") ? url : "";
    }

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

        if (Uuid(value) is { } id)
            return id;

        Fail(field, "must be a UUID");
        return Guid.Empty;
    }

    /// <summary>Only the usual form. The parser is lenient (spaces, signs, "0x"), and each other form would be a second name of the same thing.</summary>
    /// <returns>Null for anything else.</returns>
    public static Guid? Uuid(string? value) =>
        Guid.TryParseExact(value, "D", out var id) && id.ToString().Equals(value, StringComparison.OrdinalIgnoreCase) ? id : null;

    /// <exception cref="InvalidException">Anything failed.</exception>
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
