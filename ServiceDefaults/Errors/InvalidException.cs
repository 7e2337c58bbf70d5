using Grpc.Core;

namespace Shop.ServiceDefaults.Errors;

/// <summary>
/// The request is malformed or breaks a rule of its own fields: 400, with all invalid fields. Fields are named as in JSON: <c>items[0].quantity</c>.
/// </summary>
public sealed class InvalidException : ShopException
{
    /// <summary>With messages by field.</summary>
    public InvalidException(IReadOnlyDictionary<string, string[]> errors, Exception? cause = null)
        : base(StatusCode.InvalidArgument, 400, "invalid", Describe(errors), cause) => Errors = errors;

    /// <summary>With one message for one field.</summary>
    public InvalidException(string field, string message) : this(new Dictionary<string, string[]> { [field] = [message] })
    {
    }

    /// <summary>For the request as a whole, without a field.</summary>
    public InvalidException(string message, Exception? cause = null) : base(StatusCode.InvalidArgument, 400, "invalid", message, cause) =>
        Errors = new Dictionary<string, string[]>();

    /// <summary>Messages by field; may be empty.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; }

    /// <summary>
    /// The same errors with another field name: <c>Rename("lines", "items")</c> turns <c>lines[0].quantity</c> into <c>items[0].quantity</c>.
    /// </summary>
    public InvalidException Rename(string from, string to) =>
        new(Errors.ToDictionary(error => IsAtOrBelow(error.Key, from) ? to + error.Key[from.Length..] : error.Key, error => error.Value), this);

    internal static bool IsAtOrBelow(string field, string parent) =>
        field.StartsWith(parent, StringComparison.Ordinal) && (field.Length == parent.Length || field[parent.Length] is '.' or '[');

    private static string Describe(IReadOnlyDictionary<string, string[]> errors) =>
        errors.Count switch
        {
            0 => "The request is not valid.",
            1 => $"{errors.First().Key}: {errors.First().Value.FirstOrDefault()}",
            _ => $"{errors.Count} fields are not valid.",
        };
}
