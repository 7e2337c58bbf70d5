using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Configuration;
using Shop.ServiceDefaults.Paging;

namespace Shop.ServiceDefaults.Paging;

/// <summary>Registration of page tokens.</summary>
public static class PageTokenExtensions
{
    /// <summary>Registers <see cref="PageTokens"/> as a singleton, for services with paged lists. The key is <c>PageTokens:Key</c>.</summary>
    public static IHostApplicationBuilder AddPageTokens(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<PageTokenOptions>(PageTokenOptions.Section);
        builder.Services.AddSingleton(services => new PageTokens(services.GetRequiredService<IOptions<PageTokenOptions>>()));
        return builder;
    }
}
