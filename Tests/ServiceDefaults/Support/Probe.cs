using System.Collections.Concurrent;
using Grpc.Core;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Tests.V1;

namespace Shop.ServiceDefaults.Tests.Support;

/// <summary>Scripts the probe service and records its calls.</summary>
internal sealed class Probe
{
    public Func<ProbeRequest, ServerCallContext, Task<string>> Answer { get; set; } = (request, _) => Task.FromResult(request.Text);

    public ConcurrentQueue<ServerCallContext> Calls { get; } = [];

    public ConcurrentDictionary<string, int> Connections { get; } = [];

    public ConcurrentQueue<DateTime> Deadlines { get; } = [];

    public Caller? LastCaller { get; private set; }

    public async Task<ProbeResponse> AnswerAsync(ProbeRequest request, ServerCallContext context)
    {
        LastCaller = context.Caller();
        Deadlines.Enqueue(context.Deadline);
        Calls.Enqueue(context);
        Connections.AddOrUpdate(context.GetHttpContext().Connection.Id, 1, (_, calls) => calls + 1);
        return new() { Text = await Answer(request, context) };
    }
}

internal sealed class ProbeService(Probe probe) : V1.ProbeService.ProbeServiceBase
{
    [AllowAnyone]
    public override Task<ProbeResponse> Ask(ProbeRequest request, ServerCallContext context) => probe.AnswerAsync(request, context);

    [AllowAnyone]
    public override Task<ProbeResponse> AskIdempotent(ProbeRequest request, ServerCallContext context) => probe.AnswerAsync(request, context);

    [AllowAnyone]
    public override Task<ProbeResponse> Read(ProbeRequest request, ServerCallContext context) => probe.AnswerAsync(request, context);

    [AllowAnyone]
    public override async Task Watch(ProbeRequest request, IServerStreamWriter<ProbeResponse> responseStream, ServerCallContext context)
    {
        await responseStream.WriteAsync(await probe.AnswerAsync(request, context));
        await responseStream.WriteAsync(new() { Text = "end" });
    }

    [AllowMembers]
    public override Task<ProbeResponse> ForMembers(ProbeRequest request, ServerCallContext context) => probe.AnswerAsync(request, context);

    [AllowOperators]
    public override Task<ProbeResponse> ForOperators(ProbeRequest request, ServerCallContext context) => probe.AnswerAsync(request, context);

    [AllowServices("gateway", "ordering", "probe")]
    public override Task<ProbeResponse> ForGateway(ProbeRequest request, ServerCallContext context) => probe.AnswerAsync(request, context);

    [AllowMembers, AllowServices("gateway")]
    public override Task<ProbeResponse> ForMembersAndGateway(ProbeRequest request, ServerCallContext context) => probe.AnswerAsync(request, context);

    [AllowMembers, AllowServices("gateway", "ordering")]
    public override Task<ProbeResponse> ForAllSignedIn(ProbeRequest request, ServerCallContext context) => probe.AnswerAsync(request, context);

    public override Task<ProbeResponse> ForNobody(ProbeRequest request, ServerCallContext context) => probe.AnswerAsync(request, context);
}
