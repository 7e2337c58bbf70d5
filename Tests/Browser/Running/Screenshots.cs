using Microsoft.Playwright;
using Shop.Testing;

namespace Shop.Browser.Tests.Running;

/// <summary>Pictures of pages in <c>artifacts/screenshots</c>: what a run has seen, and the source of those in the documentation.</summary>
internal static class Screenshots
{
    private static readonly string Folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "screenshots")).FullName;

    /// <summary>The whole page.</summary>
    /// <param name="name">Such as <c>storefront en Dark 320 /basket</c>: what is no letter or digit becomes a hyphen.</param>
    public static Task KeepAsync(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = FileOf(name), FullPage = true, Animations = ScreenshotAnimations.Disabled });

    /// <summary>What the window shows.</summary>
    public static Task KeepWindowAsync(IPage page, string name) => page.ScreenshotAsync(new() { Path = FileOf(name), Animations = ScreenshotAnimations.Disabled });

    private static string FileOf(string name) =>
        Path.Combine(Folder, $"{string.Join('-', new string([.. name.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries))}.png");
}
