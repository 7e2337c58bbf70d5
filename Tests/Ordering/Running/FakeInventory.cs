using Grpc.Core;
using Shop.Inventory.V1;
using static Shop.Inventory.V1.InventoryService;

namespace Shop.Ordering.Tests.Running;

/// <summary>Away: checkouts wait, and orders stay as they were placed.</summary>
public sealed class FakeInventory : InventoryServiceClient
{
    public override AsyncUnaryCall<ReserveResponse> ReserveAsync(
        ReserveRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
        new(Task.FromException<ReserveResponse>(new RpcException(new(StatusCode.Unavailable, "away"))),
            Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
}
