namespace Shop.Console.Tests.Running;

/// <summary>The form with the file, as a browser sends it.</summary>
internal static class Importing
{
    public static async Task<Shown> SendAsync(Browser browser, string csv, string name = "products.csv")
    {
        var page = await browser.GetAsync("/products/import");
        var body = new MultipartFormDataContent();
        foreach (var input in page.Document.QuerySelectorAll("form[enctype] input[type=hidden]"))
            body.Add(new StringContent(input.GetAttribute("value")!), input.GetAttribute("name")!);
        body.Add(new StringContent(csv), "file", name.Replace('"', '_'));
        return await browser.SendAsync(new(HttpMethod.Post, "/ko/products/import") { Content = body, Headers = { { "Origin", "https://shop.test" } } });
    }
}
