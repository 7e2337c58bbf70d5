using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Shop.ServiceDefaults.Errors;

/// <summary>Names the field or parameter that could not be read, without the parser's own message.</summary>
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

    // Invalid syntax always has the reader's exception inside; a value that cannot be converted does not.
    private static bool IsMalformed(JsonException json) => json.InnerException is JsonException;

    // "$.items[0].quantity" → "items[0].quantity".
    private static string? Field(string? path) => path is { Length: > 2 } && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;

    // Failed to bind parameter "int pageSize" from "many". Required parameter "string query" was not provided from query string.
    // Not the body's parameter, whose name is internal.
    [GeneratedRegex("^(?:Failed to bind|Required) parameter \"(?:[^\"]* )?(?<name>[^\" ]+)\"(?! was not provided from (?:body|form))")]
    private static partial Regex Parameter();
}
