using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Shop.Gateway.OpenApi;

/// <summary>A text that can only be one of some words says which.</summary>
internal static class WordsTransformer
{
    public static Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        var words = context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: false);
        if (words is [AllowedValuesAttribute allowed])
            schema.Enum = [.. allowed.Values.Select(word => (JsonNode)(string)word!)];

        return Task.CompletedTask;
    }
}
