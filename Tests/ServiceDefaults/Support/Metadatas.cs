using Grpc.Core;

namespace Shop.ServiceDefaults.Tests.Support;

internal static class Metadatas
{
    public static Metadata Bearer(string token) => new() { { "authorization", $"Bearer {token}" } };
}
