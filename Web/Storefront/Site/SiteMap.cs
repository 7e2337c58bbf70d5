using System.Text;
using System.Xml;
using Shop.Design.Languages;
using Shop.Design.Pages;
using Shop.Design.Sessions;
using Shop.Storefront.Catalog;

namespace Shop.Storefront.Site;

/// <summary>All public pages, each with both languages.</summary>
internal static class SiteMap
{
    // One file has at most 50,000 addresses, and two languages.
    private const int MaxProducts = 20_000;
    private const string Schema = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private const string Xhtml = "http://www.w3.org/1999/xhtml";

    public static async Task WriteAsync(HttpContext http, PageContext page, ProductCalls products, CategoryNames categories, GatewayClient gateway, CancellationToken cancel)
    {
        var paths = new List<string> { "/" };
        paths.AddRange((await categories.ListAsync(gateway, Language.Korean, cancel)).Select(category => $"/categories/{category.Id}"));
        for (ProductQuery? query = new(null, null, "newest", null); query is not null && paths.Count < MaxProducts;)
        {
            var list = await products.ListAsync(query, 100, cancel);
            paths.AddRange(list.Items.Select(product => $"/products/{product.Id}"));
            query = list.NextPageToken is { } next ? query with { PageToken = next } : null;
        }

        http.Response.ContentType = "application/xml; charset=utf-8";
        // Without a configured address it has the request's, which a client can choose: not for others.
        http.Response.Headers.CacheControl = page.HasPublicOrigin ? "public, max-age=3600" : "no-store";
        await http.Response.Body.WriteAsync(Write(page, paths), cancel);
    }

    private static byte[] Write(PageContext page, List<string> paths)
    {
        using var memory = new MemoryStream();
        using (var xml = XmlWriter.Create(memory, new() { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("urlset", Schema);
            xml.WriteAttributeString("xmlns", "xhtml", null, Xhtml);
            foreach (var path in paths)
            {
                foreach (var language in Language.All)
                {
                    xml.WriteStartElement("url", Schema);
                    xml.WriteElementString("loc", Schema, page.AbsoluteIn(language, path));
                    foreach (var (code, address) in Alternates(page, path))
                    {
                        xml.WriteStartElement("link", Xhtml);
                        xml.WriteAttributeString("rel", "alternate");
                        xml.WriteAttributeString("hreflang", code);
                        xml.WriteAttributeString("href", address);
                        xml.WriteEndElement();
                    }

                    xml.WriteEndElement();
                }
            }

            xml.WriteEndElement();
        }

        return memory.ToArray();
    }

    private static IEnumerable<(string Code, string Address)> Alternates(PageContext page, string path) =>
        [.. Language.All.Select(language => (language.Code, page.AbsoluteIn(language, path))), ("x-default", $"{page.Origin}{path}")];
}
