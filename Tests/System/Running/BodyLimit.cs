using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Shop.SystemTests.Running;

/// <summary>One limit of one field of a body.</summary>
/// <param name="Field">As problems name it: <c>items[0].quantity</c>.</param>
/// <param name="Keyword">Of JSON Schema.</param>
internal sealed record BodyLimit(string Field, string Keyword, long Value)
{
    /// <summary>The example with this field beyond the limit.</summary>
    public JsonNode Exceed(JsonNode example)
    {
        var body = example.DeepClone();
        var steps = Regex.Matches(Field, @"[^.\[\]]+").Select(step => step.Value).ToList();
        var parent = steps.SkipLast(1).Aggregate(body, Child);
        var old = At(parent, steps[^1]);
        JsonNode? beyond = Keyword switch
        {
            "maxLength" => new string('a', (int)Value + 1),
            "minLength" => new string('a', (int)Value - 1),
            "maximum" => Value + 1,
            "minimum" => Value - 1,
            "maxItems" => new JsonArray([.. Enumerable.Range(0, (int)Value + 1).Select(_ => Item(old))]),
            "minItems" => new JsonArray(),
            _ => throw new InvalidOperationException($"{Keyword} is not known."),
        };
        if (parent is JsonArray list)
            list[int.Parse(steps[^1], CultureInfo.InvariantCulture)] = beyond;
        else
            parent[steps[^1]] = beyond;
        return body;
    }

    /// <summary>An error names the limit; of what is empty it says so without a number, and of a currency it names the one that there is.</summary>
    public bool IsNamedBy(string error) =>
        (Field.EndsWith("currency", StringComparison.Ordinal) && error == "must be KRW") || (Value == 1 && Keyword.StartsWith("min", StringComparison.Ordinal) && Keyword != "minimum") || Regex.IsMatch(error, $@"\b{Value}\b");

    public override string ToString() => $"{Field} {Keyword} {Value}";

    private static JsonNode Child(JsonNode node, string step) => At(node, step) ?? (node[step] = new JsonObject())!;

    private static JsonNode? At(JsonNode node, string step) =>
        node is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)] : node[step];

    // Of a list of products, each one is another product.
    private static JsonNode? Item(JsonNode? list)
    {
        if (list is not JsonArray { Count: > 0 })
            return $"{Guid.CreateVersion7()}";
        var item = list[0]!.DeepClone();
        if (item is JsonObject { } line && line.ContainsKey("productId"))
            line["productId"] = $"{Guid.CreateVersion7()}";
        return item is JsonObject ? item : $"{Guid.CreateVersion7()}";
    }
}
