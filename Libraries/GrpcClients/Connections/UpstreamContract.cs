using System.Reflection;
using Google.Protobuf.Reflection;

namespace Shop.GrpcClients.Connections;

/// <summary>The proto service of a generated client, from the generated class that contains it.</summary>
internal static class UpstreamContract
{
    public static ServiceDescriptor Service(Type client)
    {
        for (var type = client; type is not null; type = type.BaseType)
        {
            if (type.DeclaringType?.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) is ServiceDescriptor service)
                return service;
        }

        throw new InvalidOperationException($"{client.FullName} is not a generated gRPC client.");
    }

    public static IEnumerable<string> Methods(Type client) => Service(client).Methods.Select(method => method.Name);
}
