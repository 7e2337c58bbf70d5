using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Shop.Inventory.V1;
using Shop.Ordering.V1;

namespace Shop.SystemTests;

public sealed class PrivacyTests(RunningShop shop)
{
    [Fact]
    public async Task A_member_cannot_see_anothers_order_through_the_gateway()
    {
        var (mine, other) = (await shop.SignUpAsync(), await shop.SignUpAsync());
        var order = await mine.PlaceOrderAsync(await shop.ProductWithStockAsync(1), 1);

        using var answer = await other.SendAsync(HttpMethod.Get, $"/api/v1/orders/{order.Id}", body: null);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(0, (await other.GetAsync("/api/v1/orders")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_member_cannot_see_anothers_order_at_the_service()
    {
        var (mine, other) = (await shop.SignUpAsync(), await shop.SignUpAsync());
        var order = await mine.PlaceOrderAsync(await shop.ProductWithStockAsync(1), 1);
        using var channel = GrpcChannel.ForAddress((await shop.Info.GrpcOfAsync("ordering"))[0]);
        var ordering = new OrderingService.OrderingServiceClient(channel);

        Assert.Equal(StatusCode.NotFound, await StatusOfAsync(other));
        Assert.Equal(StatusCode.OK, await StatusOfAsync(mine));

        Task<StatusCode> StatusOfAsync(Member member) =>
            CallAsync(ordering.GetOrderAsync(new() { OrderId = order.Id }, Authorization(member.AccessToken)));
    }

    [Fact]
    public async Task A_members_token_is_useless_for_what_only_services_may_do()
    {
        var member = await shop.SignUpAsync();
        using var channel = GrpcChannel.ForAddress((await shop.Info.GrpcOfAsync("inventory"))[0]);
        var inventory = new InventoryService.InventoryServiceClient(channel);
        var release = new ReleaseRequest { OrderId = Guid.CreateVersion7().ToString() };

        Assert.Equal(StatusCode.PermissionDenied, await CallAsync(inventory.ReleaseAsync(release, Authorization(member.AccessToken))));
        Assert.Equal(StatusCode.Unauthenticated, await CallAsync(inventory.ReleaseAsync(release)));
    }

    private static Metadata Authorization(string token) => new() { { "authorization", $"Bearer {token}" } };

    private static async Task<StatusCode> CallAsync<T>(AsyncUnaryCall<T> call)
    {
        try
        {
            await call;
            return StatusCode.OK;
        }
        catch (RpcException failure)
        {
            return failure.StatusCode;
        }
    }
}
