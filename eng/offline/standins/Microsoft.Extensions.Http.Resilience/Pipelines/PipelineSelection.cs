using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>Which instance of a pipeline a request goes through; without a selector all share one.</summary>
internal sealed class PipelineSelection
{
    public Func<HttpRequestMessage, string>? Selector { get; set; }

    public static void ByAuthority(IServiceCollection services, string pipelineName) =>
        By(services, pipelineName, _ => request => request.RequestUri?.GetLeftPart(UriPartial.Authority)
            ?? throw new InvalidOperationException("The request message must have a URL specified."));

    public static void By(IServiceCollection services, string pipelineName, Func<IServiceProvider, Func<HttpRequestMessage, string>> factory) =>
        services.AddOptions<PipelineSelection>(pipelineName).Configure<IServiceProvider>((options, provider) => options.Selector = factory(provider));
}
