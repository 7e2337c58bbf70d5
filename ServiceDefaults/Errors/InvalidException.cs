using Grpc.Core;

namespace Shop.ServiceDefaults;

/// <summary>
/// The request cannot be understood or breaks a rule of its own fields: 400 with every bad field at once.
/// Fields are named as in JSON: <c>items[0].quantity</c>.
/// </summary>
public sealed class InvalidException : ShopException
{
    public InvalidException(IReadOnlyDictionary<string, string[]> errors, Exception? cause = null)
        : base(StatusCode.InvalidArgument, 400, "invalid", Describe(errors), cause) => Errors = errors;

    public InvalidException(string field, string message) : this(new Dictionary<string, string[]> { [field] = [message] })
    {
    }

    /// <summary>A request that is wrong as a whole, where no field can be named.</summary>
    public InvalidException(string message, Exception? cause = null) : base(StatusCode.InvalidArgument, 400, "invalid", message, cause) =>
        Errors = new Dictionary<string, string[]>();

    public IReadOnlyDictionary<string, string[]> Errors { get; }

    /// <summary>
    /// The same errors where a field has another name outside: <c>Rename("lines", "items")</c> makes <c>items[0].quantity</c> of <c>lines[0].quantity</c>.
    /// </summary>
    public InvalidException Rename(string from, string to) =>
        new(Errors.ToDictionary(error => IsAtOrBelow(error.Key, from) ? to + error.Key[from.Length..] : error.Key, error => error.Value), this);

    private static bool IsAtOrBelow(string field, string parent) =>
        field.StartsWith(parent, StringComparison.Ordinal) && (field.Length == parent.Length || field[parent.Length] is '.' or '[');

    private static string Describe(IReadOnlyDictionary<string, string[]> errors) =>
        errors.Count switch
        {
            0 => "The request is not valid.",
            1 => $"{errors.First().Key}: {errors.First().Value.FirstOrDefault()}",
            _ => $"{errors.Count} fields are not valid.",
        };
}
