using Shop.ServiceDefaults.Text;

namespace Shop.ServiceDefaults.Validation;

/// <summary>
/// A parser determines the target, not the beginning of the text. Characters and forms that browsers read differently (a backslash is a slash to them, a space is
/// dropped, <c>https:x</c> is a path) are refused.
/// </summary>
internal static class UrlRule
{
    private static readonly Uri Shop = new("http://shop.invalid/");

    public static bool Holds(string url)
    {
        if (url.Contains('\\', StringComparison.Ordinal) || url.EnumerateRunes().Any(Invisible.Is) || !Uri.TryCreate(Shop, url, out var target))
            return false;

        return url.StartsWith('/')
            ? target.Scheme == Shop.Scheme && target.Authority == Shop.Authority && Uri.TryCreate(Shop, target.PathAndQuery, out var again) && again.Authority == Shop.Authority
            : target.Scheme is "http" or "https" && target.UserInfo.Length == 0 && target.Host.Length > 0
                && url.StartsWith($"{target.Scheme}://", StringComparison.OrdinalIgnoreCase) && url[target.Scheme.Length + 3] != '/';
    }
}
