using Shop.Testing;

namespace Shop.Browser.Tests.Running;

/// <summary>Keeps what was measured in <c>artifacts/figures</c>: it is no test, since it says more about the machine than about the shop.</summary>
internal static class Figures
{
    public static void Keep(string line)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "figures"));
        File.AppendAllText(Path.Combine(folder.FullName, "storefront.txt"), $"{TimeProvider.System.GetUtcNow():u} {line}\n");
    }
}
