using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Shop.ServiceDefaults.Errors;

/// <summary>Tells a client which part of its JSON, or which parameter, could not be read, without the reader's own words.</summary>
internal static partial class UnreadableBody
{
    public static InvalidException Explain(BadHttpRequestException failure)
    {
        if (failure.InnerException is JsonException json)
        {
            return Field(json.Path) is { Length: > 0 } field && !IsMalformed(json)
                ? new InvalidException(field, "has the wrong type or is missing")
                : new InvalidException("The body is not valid JSON.");
        }

        return Parameter().Match(failure.Message) is { Success: true } match
            ? new InvalidException(match.Groups["name"].Value, "is missing or cannot be read")
            : new InvalidException("The request cannot be read.");
    }

    // A value that cannot be converted has a cause only sometimes, broken syntax always: the reader's own exception.
    private static bool IsMalformed(JsonException json) => json.InnerException is JsonException;

    // "$.items[0].quantity" → "items[0].quantity".
    private static string? Field(string? path) => path is { Length: > 2 } && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;

    // Failed to bind parameter "int pageSize" from "many". Required parameter "string query" was not provided from query string.
    // Not the parameter of the body: its name is our code's business.
    [GeneratedRegex("^(?:Failed to bind|Required) parameter \"(?:[^\"]* )?(?<name>[^\" ]+)\"(?! was not provided from (?:body|form))")]
    private static partial Regex Parameter();
}
