using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Paging;

namespace Shop.ServiceDefaults;

public static class PageTokenExtensions
{
    /// <summary>For services whose lists have pages: <see cref="PageTokens"/>, with the key in <c>PageTokens:Key</c>.</summary>
    public static IHostApplicationBuilder AddPageTokens(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<PageTokenOptions>(PageTokenOptions.Section);
        builder.Services.AddSingleton(services => new PageTokens(services.GetRequiredService<IOptions<PageTokenOptions>>()));
        return builder;
    }
}
