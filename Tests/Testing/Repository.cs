using System.Reflection;

namespace Shop.Testing;

public static class Repository
{
    /// <summary>The repository that this assembly was built from.</summary>
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;
}
