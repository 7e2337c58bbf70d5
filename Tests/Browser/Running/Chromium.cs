namespace Shop.Browser.Tests.Running;

/// <summary>An installed browser: nothing is downloaded while tests run.</summary>
internal static class Chromium
{
    private const string Variable = "SHOP_BROWSER";
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

    /// <exception cref="InvalidOperationException">There is none: the tests fail, because a test that did not run has proved nothing.</exception>
    public static string Path { get; } = Find()
        ?? throw new InvalidOperationException($"These tests need Chromium or Chrome: install it (Debian: apt install chromium), or set {Variable} to its program.");

    private static string? Find() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen
            ? chosen
            : (from folder in Environment.GetEnvironmentVariable("PATH")?.Split(System.IO.Path.PathSeparator) ?? []
               from name in Names
               let path = System.IO.Path.Combine(folder, name)
               where File.Exists(path)
               select path).FirstOrDefault();
}
