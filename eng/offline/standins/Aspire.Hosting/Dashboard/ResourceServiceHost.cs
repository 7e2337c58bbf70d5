using System.Net;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>A small gRPC server inside the AppHost: through it the dashboard sees the model and acts on it.</summary>
internal sealed class ResourceServiceHost(
    DashboardOptions options,
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    ResourceCommandService commands,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? _server;

    public Task<string> GetAddressAsync(CancellationToken cancel) => _address.Task.WaitAsync(cancel);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Empty: this server must not pick up the AppHost's own URLs and settings.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var port = options.ResourceServiceUrl is { } url ? BindingAddress.Parse(url).Port : 0;
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(loggers);
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(notifications);
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton(commands);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(new Stopping(lifetime.ApplicationStopping));

        _server = builder.Build();
        _server.Use(CheckKeyAsync);
        _server.UseRouting();
        _server.MapGrpcService<ResourceService>();
        try
        {
            await _server.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new DistributedApplicationException($"The resource service cannot listen on port {port}: {e.Message}", e);
        }

        var addresses = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        _address.SetResult(addresses!.Addresses.Single());
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server is not null)
            await _server.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync().ConfigureAwait(false);
    }

    private async Task CheckKeyAsync(HttpContext context, RequestDelegate next)
    {
        if (!options.Unsecured && options.ResourceServiceKey is { } key && !Equal(context.Request.Headers["x-resource-service-api-key"], key))
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else
            await next(context).ConfigureAwait(false);
    }

    private static bool Equal(string? given, string wanted) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given ?? ""), Encoding.UTF8.GetBytes(wanted));
}

/// <summary>Ends the dashboard's streams when the AppHost begins to stop.</summary>
internal sealed record Stopping(CancellationToken Token);
