using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A reference expression in the making.</summary>
internal sealed class ReferenceExpressionParts(int literalLength = 0, int formattedCount = 0)
{
    public StringBuilder Format { get; } = new(literalLength + (formattedCount * 3));

    public List<IValueProvider> Providers { get; } = [];

    public List<string> Expressions { get; } = [];

    public List<string?> Formats { get; } = [];

    public void Literal(string? value) =>
        Format.Append(value?.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));

    public void Value<T>(T provider, string? format) where T : IValueProvider, IManifestExpressionProvider
    {
        Format.Append('{').Append(Providers.Count).Append('}');
        Providers.Add(provider);
        Expressions.Add(provider.ValueExpression);
        Formats.Add(format);
    }

    public static string? Apply(string? value, string? format) => format switch
    {
        null or "" => value,
        "uri" => value is null ? null : Uri.EscapeDataString(value),
        _ => throw new FormatException($"The format '{format}' is not supported in a reference expression; only 'uri' is."),
    };
}
