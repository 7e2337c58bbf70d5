using Grpc.Core;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Shop.ServiceDefaults.Health.V1;
using static Shop.ServiceDefaults.Health.V1.HealthCheckResponse.Types;

namespace Shop.ServiceDefaults.Health;

/// <summary>The standard health service, for probes that speak gRPC. The server's services live and die together: it knows the whole only.</summary>
internal sealed class HealthService(HealthReports reports, IHostApplicationLifetime lifetime, TimeProvider clock) : V1.Health.HealthBase
{
    [AllowAnyone]
    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        if (request.Service.Length > 0)
            throw new NotFoundException("Ask with an empty name: the services here live and die together.");

        return new() { Status = await ServingAsync().ConfigureAwait(false) };
    }

    [AllowAnyone]
    public override async Task Watch(HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        ServingStatus? told = null;
        while (true)
        {
            var now = request.Service.Length > 0 ? ServingStatus.ServiceUnknown : await ServingAsync().ConfigureAwait(false);
            if (now != told)
                await responseStream.WriteAsync(new() { Status = now }, context.CancellationToken).ConfigureAwait(false);
            told = now;

            // The last word is "not serving"; a stream that went on would hold up the stop.
            if (lifetime.ApplicationStopping.IsCancellationRequested)
                return;

            using var wake = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
            await Task.Delay(HealthRules.Lasts, clock, wake.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            context.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<ServingStatus> ServingAsync() =>
        await reports.ReadyAsync().ConfigureAwait(false) == HealthStatus.Unhealthy ? ServingStatus.NotServing : ServingStatus.Serving;
}
