namespace Aspire.Hosting.ApplicationModel;

/// <summary>A URL of the host, as seen by whoever asks. Without containers that is the URL itself.</summary>
public record HostUrl(string Url) : IExpressionValue
{
    string IManifestExpressionProvider.ValueExpression => Url;

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => new(Url);
}
