using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Shop.Testing;

/// <summary>Calls of a replica in the test's process, in the protocols of its callers.</summary>
public static class ReplicaCalls
{
    /// <param name="token">Null: without one.</param>
    public static CallInvoker Calls<TProgram>(this WebApplicationFactory<TProgram> replica, string? token) where TProgram : class
    {
        var server = replica.Server;
        var channel = GrpcChannel.ForAddress(server.BaseAddress, new() { HttpHandler = server.CreateHandler() });
        return channel.Intercept(headers =>
        {
            if (token is not null)
                headers.Add("authorization", $"Bearer {token}");
            return headers;
        });
    }

    /// <summary>Starts it, and waits until it is healthy.</summary>
    public static async Task StartAsync<TProgram>(this WebApplicationFactory<TProgram> replica, string name) where TProgram : class
    {
        using var http = replica.CreateClient();
        await Eventually.TrueAsync(async () => (await http.GetAsync("/health")).IsSuccessStatusCode, $"{name} is healthy", TimeSpan.FromMinutes(1));
    }
}
