using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shop.Gateway.Tests.Documented;

/// <summary>
/// As much of JSON Schema as the OpenAPI document uses; an unknown keyword is a fault, so that nothing is believed to be checked that is not.
/// Stricter than the standard in one thing: a property that the schema does not name is a fault, too.
/// </summary>
internal sealed class JsonSchema(JsonNode document)
{
    private static readonly HashSet<string> Said = ["description", "default", "title", "example", "pattern"];

    public JsonNode Resolve(JsonNode schema)
    {
        while (schema["$ref"]?.GetValue<string>() is { } reference)
            schema = reference.TrimStart('#', '/').Split('/').Aggregate(document, (node, name) => node[name]!);

        return schema;
    }

    public IEnumerable<string> Faults(JsonNode? value, JsonNode schema, string path)
    {
        schema = Resolve(schema);
        foreach (var (keyword, rule) in schema.AsObject())
        {
            foreach (var fault in Faults(value, schema, keyword, rule!, path))
                yield return fault;
        }

        if (value is JsonObject given && schema["properties"] is JsonObject known && schema["additionalProperties"] is null)
        {
            foreach (var (name, _) in given.Where(property => !known.ContainsKey(property.Key)))
                yield return $"{path}.{name} is not documented";
        }
    }

    private IEnumerable<string> Faults(JsonNode? value, JsonNode schema, string keyword, JsonNode rule, string path)
    {
        switch (keyword)
        {
            case "type":
                return Unless(TypesOf(rule).Any(type => Is(value, type)), $"{path} is no {rule.ToJsonString()}");
            case "properties":
                return value is JsonObject item
                    ? rule.AsObject().Where(property => item.ContainsKey(property.Key)).SelectMany(property => Faults(item[property.Key], property.Value!, $"{path}.{property.Key}"))
                    : [];
            case "additionalProperties":
                return value is JsonObject map && rule is JsonObject
                    ? map.Where(property => schema["properties"]?[property.Key] is null).SelectMany(property => Faults(property.Value, rule, $"{path}.{property.Key}"))
                    : [];
            case "required":
                return rule.AsArray().Where(name => value is JsonObject whole && !whole.ContainsKey(name!.GetValue<string>())).Select(name => $"{path}.{name} is missing");
            case "items":
                return value is JsonArray list ? list.SelectMany((element, i) => Faults(element, rule, $"{path}[{i}]")) : [];
            case "oneOf" or "anyOf":
                return Unless(rule.AsArray().Any(choice => !Faults(value, choice!, path).Any()), $"{path} is none of its choices");
            case "enum":
                return Unless(rule.AsArray().Any(choice => JsonNode.DeepEquals(choice, value)), $"{path} is none of {rule.ToJsonString()}");
            case "format":
                return Unless(HasFormat(value, rule.GetValue<string>()), $"{path} is no {rule}");
            case "minLength" or "maxLength" or "minimum" or "maximum":
                return Unless(IsWithin(value, keyword, decimal.Parse(rule.ToString(), CultureInfo.InvariantCulture)), $"{path} breaks {keyword} {rule}");
            default:
                return Unless(Said.Contains(keyword), $"{path}: the schema says {keyword}, which this check does not know");
        }
    }

    private static IEnumerable<string> Unless(bool holds, string fault) => holds ? [] : [fault];

    private static IEnumerable<string> TypesOf(JsonNode rule) => rule is JsonArray types ? types.Select(type => type!.GetValue<string>()) : [rule.GetValue<string>()];

    private static bool Is(JsonNode? value, string type) => (value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        JsonValueKind.Null => type == "null",
        JsonValueKind.Object => type == "object",
        JsonValueKind.Array => type == "array",
        JsonValueKind.String => type == "string",
        JsonValueKind.Number => type == "number" || (type == "integer" && !value!.ToJsonString().AsSpan().ContainsAny('.', 'e')),
        _ => type == "boolean",
    };

    private static bool HasFormat(JsonNode? value, string format)
    {
        if (value?.GetValueKind() != JsonValueKind.String)
            return true;
        var text = value.GetValue<string>();
        return format switch
        {
            "uuid" => Guid.TryParseExact(text, "D", out _),
            "date-time" => text.EndsWith('Z') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
            "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "uri" => Uri.IsWellFormedUriString(text, UriKind.RelativeOrAbsolute),
            _ => false,
        };
    }

    private static bool IsWithin(JsonNode? value, string keyword, decimal bound) => value?.GetValueKind() switch
    {
        JsonValueKind.String when keyword == "minLength" => value.GetValue<string>().EnumerateRunes().Count() >= bound,
        JsonValueKind.String when keyword == "maxLength" => value.GetValue<string>().EnumerateRunes().Count() <= bound,
        JsonValueKind.Number when keyword == "minimum" => value.GetValue<decimal>() >= bound,
        JsonValueKind.Number when keyword == "maximum" => value.GetValue<decimal>() <= bound,
        _ => true,
    };
}
