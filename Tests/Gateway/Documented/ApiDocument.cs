using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Shop.Gateway.Tests.Documented;

/// <summary>The OpenAPI document, asked whether it knows an answer.</summary>
public sealed class ApiDocument(JsonNode document)
{
    private const string Problem = "application/problem+json";

    private readonly JsonSchema _schemas = new(document);

    private readonly List<(Regex Path, JsonObject Operations)> _paths =
    [
        .. document["paths"]!.AsObject()
            .Select(path => (new Regex($"^{Regex.Replace(path.Key, @"\{[^}]*\}", "[^/]+")}$"), path.Value!.AsObject()))
            // A path without a parameter is meant before one with it.
            .OrderBy(path => path.Item1.ToString().Contains("[^/]+", StringComparison.Ordinal)),
    ];

    /// <summary>Method, path and status of everything that is documented.</summary>
    public IEnumerable<(string Method, string Path, int Status)> Answers =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        from response in operation.Value!["responses"]!.AsObject()
        select (operation.Key.ToUpperInvariant(), path.Key, int.Parse(response.Key, CultureInfo.InvariantCulture));

    public List<string> Faults(string method, string path, int status, string? type, string? body)
    {
        var known = _paths.FindAll(known => known.Path.IsMatch(path));
        if (known.Count == 0)
            return Unknown(status == 405 ? 405 : 404, status, type, body);
        // The head of an answer is documented by the answer.
        var isHead = method == "HEAD";
        var name = isHead ? "get" : method.ToLowerInvariant();
        if (known.Select(path => path.Operations[name]).FirstOrDefault(operation => operation is not null) is not { } operation)
            return Unknown(405, status, type, isHead ? null : body);
        if (operation["responses"]![status.ToString(CultureInfo.InvariantCulture)] is not { } response)
            return ["the status is not documented"];

        response = _schemas.Resolve(response);
        if (response["content"] is not JsonObject { Count: > 0 } content)
            return string.IsNullOrEmpty(body) ? [] : ["no body is documented"];
        if (type is null || content[type] is not { } media)
            return [$"documented are {string.Join(", ", content.Select(known => known.Key))}"];

        return type == "application/x-ndjson" && !isHead
            ? [.. body!.Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(line => Faults(line, media["schema"]!))]
            : body is null || isHead ? [] : Faults(body, media["schema"]!);
    }

    /// <summary>What is not documented as a route is answered as no route.</summary>
    private List<string> Unknown(int expected, int status, string? type, string? body) =>
        status != expected ? [$"expected is {expected}"]
        : body is null ? []
        : type != Problem ? ["expected is a problem"]
        : Faults(body, document["components"]!["schemas"]!["ProblemDetails"]!);

    private List<string> Faults(string body, JsonNode schema)
    {
        try
        {
            return [.. _schemas.Faults(JsonNode.Parse(body), schema, "$")];
        }
        catch (JsonException failure)
        {
            return [$"no JSON: {failure.Message}"];
        }
    }
}
