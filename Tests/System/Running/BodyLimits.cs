using System.Globalization;
using System.Text.Json.Nodes;

namespace Shop.SystemTests.Running;

internal static class BodyLimits
{
    private static readonly string[] Keywords = ["maxLength", "minLength", "maximum", "minimum", "maxItems", "minItems"];

    /// <summary>All limits of a schema's fields.</summary>
    public static IEnumerable<BodyLimit> Of(JsonNode document, JsonNode schema, string field = "")
    {
        while (schema["$ref"]?.GetValue<string>() is { } reference)
            schema = reference.TrimStart('#', '/').Split('/').Aggregate(document, (node, name) => node[name]!);
        foreach (var choice in new[] { "oneOf", "anyOf", "allOf" }.SelectMany(kind => schema[kind] as JsonArray ?? []))
        {
            foreach (var limit in Of(document, choice!, field))
                yield return limit;
        }

        foreach (var keyword in Keywords.Where(keyword => field.Length > 0 && schema[keyword] is not null))
            yield return new(field, keyword, long.Parse(schema[keyword]!.ToString(), CultureInfo.InvariantCulture));
        foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
        {
            foreach (var limit in Of(document, property!, field.Length == 0 ? name : $"{field}.{name}"))
                yield return limit;
        }

        if (schema["items"] is { } item)
        {
            foreach (var limit in Of(document, item, $"{field}[0]"))
                yield return limit;
        }
    }
}
