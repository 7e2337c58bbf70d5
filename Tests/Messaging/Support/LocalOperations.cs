using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Shop.Messaging.V1;
using Server = Shop.Messaging.Operations.OperationsService;

namespace Shop.Messaging.Tests.Support;

/// <summary>Calls the gRPC service of a replica without a network.</summary>
internal sealed class LocalOperations(Replica replica) : OperationsService.OperationsServiceClient
{
    private readonly Server _server = ActivatorUtilities.CreateInstance<Server>(replica.Services);

    /// <summary>The next call of this method fails, as if the process had died before it.</summary>
    public string? DiesBefore { get; set; }

    public override AsyncUnaryCall<ClaimComparisonResponse> ClaimComparisonAsync(ClaimComparisonRequest request, CallOptions options) => Call(_server.ClaimComparison, request, options);

    public override AsyncUnaryCall<GetPublishedResponse> GetPublishedAsync(GetPublishedRequest request, CallOptions options) => Call(_server.GetPublished, request, options);

    public override AsyncUnaryCall<ListPublishedIdsResponse> ListPublishedIdsAsync(ListPublishedIdsRequest request, CallOptions options) => Call(_server.ListPublishedIds, request, options);

    public override AsyncUnaryCall<FindMissedResponse> FindMissedAsync(FindMissedRequest request, CallOptions options) => Call(_server.FindMissed, request, options);

    public override AsyncUnaryCall<RepublishEventsResponse> RepublishEventsAsync(RepublishEventsRequest request, CallOptions options) => Call(_server.RepublishEvents, request, options);

    public override AsyncUnaryCall<RecordComparisonResponse> RecordComparisonAsync(RecordComparisonRequest request, CallOptions options) => Call(_server.RecordComparison, request, options);

    public override AsyncUnaryCall<ListComparisonsResponse> ListComparisonsAsync(ListComparisonsRequest request, CallOptions options) => Call(_server.ListComparisons, request, options);

    private AsyncUnaryCall<TResponse> Call<TRequest, TResponse>(Func<TRequest, ServerCallContext, Task<TResponse>> method, TRequest request, CallOptions options)
    {
        if (method.Method.Name == DiesBefore)
        {
            DiesBefore = null;
            throw new RpcException(new(StatusCode.Unavailable, "the process has died"));
        }
        return new(method(request, new LocalCall(options.CancellationToken)), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
    }

    private sealed class LocalCall(CancellationToken cancel) : ServerCallContext
    {
        protected override string MethodCore => "";

        protected override string HostCore => "";

        protected override string PeerCore => "";

        protected override DateTime DeadlineCore => DateTime.MaxValue;

        protected override Metadata RequestHeadersCore { get; } = [];

        protected override CancellationToken CancellationTokenCore => cancel;

        protected override Metadata ResponseTrailersCore { get; } = [];

        protected override Status StatusCore { get; set; }

        protected override WriteOptions? WriteOptionsCore { get; set; }

        protected override AuthContext AuthContextCore { get; } = new("", []);

        protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) => throw new NotSupportedException();

        protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
    }
}
