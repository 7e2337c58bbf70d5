using System.IO.Compression;
using System.Net.Mime;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Design.Assets;
using Shop.Design.Gateway;
using Shop.Design.Keys;
using Shop.Design.Languages;
using Shop.Design.Pages;
using Shop.Design.Security;
using Shop.Design.Sessions;
using Shop.Design.SignIn;
using Shop.GrpcClients;
using Shop.Persistence;
using Shop.ServiceDefaults.Configuration;
using Shop.ServiceDefaults.WarmUp;

namespace Shop.Design;

/// <summary>What the shop's web programs have in common.</summary>
internal static class DesignExtensions
{
    // A page's reader waits no longer; the gateway's own deadlines are mostly shorter.
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Adds languages, assets, headers and components. <paramref name="program"/> has its own texts, and perhaps assets.</summary>
    public static void AddDesign(this WebApplicationBuilder builder, Assembly program)
    {
        var services = builder.Services;
        services.AddHttpContextAccessor();
        services.AddSingleton<IStartupFilter, SecurityHeaders>();
        services.AddSingleton<IStartupFilter, LanguagePrefix>();
        services.AddSingleton(provider => Texts.Load(provider.GetRequiredService<ILogger<Texts>>(), program));
        services.AddScoped<Wording>();
        services.AddScoped<PageContext>();
        services.AddSingleton(_ => new AssetFiles(program));
        services.AddRazorComponents();
        // Korean as Korean, not as &#xXXXX;.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddPageCompression();
        builder.AddValidatedOptions<SiteOptions>(SiteOptions.Section);
    }

    /// <summary>Adds sessions in the program's database, behind <c>AddDatabase</c>.</summary>
    /// <param name="program">Names the cookie, and the Data Protection keys' application.</param>
    public static void AddSessions<TDb>(this WebApplicationBuilder builder, string program) where TDb : DbContext
    {
        builder.AddValidatedOptions<WebSessionOptions>(WebSessionOptions.Section);
        var services = builder.Services;
        services.AddSingleton(new SessionCookie($"__Host-{program}"));
        services.AddScoped(provider => new SessionStore(provider.GetRequiredService<TDb>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<CurrentSession>();
        services.AddScoped<MemberTokens>();
        services.AddSingleton<TokenEncryption>();
        services.AddSingleton<FormTokens>();
        services.AddPurge(_ => new("sessions", "expires_at <= now() - $1", TimeSpan.Zero));
        builder.AddKeys(program);
    }

    /// <summary>Adds the client of the gateway's API.</summary>
    /// <param name="timeout">Of a call; null: 20 s.</param>
    public static void AddGatewayClient(this WebApplicationBuilder builder, TimeSpan? timeout = null)
    {
        var services = builder.Services;
        services.AddHttpClient(GatewayHttp.Calls, client => Configure(client, timeout ?? CallTimeout)).WithoutResilience();
        services.AddHttpClient(GatewayHttp.OwnCalls, client => Configure(client, timeout ?? CallTimeout)).WithoutResilience().AddServiceToken(builder, "gateway");
        services.AddHttpClient(GatewayHttp.Streams, client => Configure(client, Timeout.InfiniteTimeSpan)).WithoutResilience();
        services.AddScoped<GatewayHttp>();
        services.AddScoped<GatewayClient>();
        services.AddScoped<SignInCalls>();
    }

    private static void Configure(HttpClient client, TimeSpan timeout) => (client.BaseAddress, client.Timeout) = (new("http://gateway"), timeout);

    private static IHttpClientBuilder WithoutResilience(this IHttpClientBuilder http)
    {
#pragma warning disable EXTEXP0001 // Still marked as experimental; Aspire's own templates use it.
        return http.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
    }

    private static void AddPageCompression(this IServiceCollection services)
    {
        // Pages only: assets are compressed once, and streams of events must not wait for a block to be full.
        services.AddResponseCompression(compression =>
        {
            compression.MimeTypes = [MediaTypeNames.Text.Html, MediaTypeNames.Image.Svg, MediaTypeNames.Application.Xml];
            // Form tokens are other texts on every page, so compression does not give them away.
            compression.EnableForHttps = true;
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
    }

    private static void AddKeys(this WebApplicationBuilder builder, string program)
    {
        var services = builder.Services;
        services.AddDataProtection().SetApplicationName($"shop-{program}");
        services.AddSingleton<KeyEncryption>();
        services.AddOptions<KeyManagementOptions>().Configure<NpgsqlDataSource, KeyEncryption>((keys, source, encryption) =>
            (keys.XmlRepository, keys.XmlEncryptor) = (new KeyRepository(source), encryption));
        // It would read the keys at once, before their table exists; the warm-up does that.
        services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name == "DataProtectionHostedService"));
        builder.AddWarmUp("keys", async (provider, cancel) =>
        {
            await provider.GetRequiredService<DatabaseReadiness>().WaitAsync(cancel);
            provider.GetRequiredService<IDataProtectionProvider>().CreateProtector("warm-up").Protect([]);
        });
    }
}
