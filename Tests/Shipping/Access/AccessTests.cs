using Grpc.Core;
using Shop.Shipping.Tests.Running;

namespace Shop.Shipping.Tests.Access;

public sealed class AccessTests(RunningShipping shipping) : IClassFixture<RunningShipping>
{
    [Fact]
    public async Task Only_operators_move_and_list_shipments()
    {
        foreach (var token in new[] { shipping.Tokens.Member(), shipping.Tokens.Service("ordering", "shipping"), shipping.Tokens.Service("gateway", "shipping") })
        {
            var client = shipping.Client(token);
            await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await client.ListShipmentsAsync(new()));
            await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await client.DispatchAsync(new()));
            await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await client.DeliverAsync(new()));
            await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await client.FailAsync(new()));
        }
    }

    [Fact]
    public async Task Only_ordering_calls_off()
    {
        foreach (var token in new[] { shipping.Tokens.Member(), shipping.Tokens.Operator(), shipping.Tokens.Service("gateway", "shipping") })
            await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await shipping.Client(token).CallOffAsync(new()));
        await Answers.FailsAsync(StatusCode.Unauthenticated, async () => await shipping.Client(null).GetShipmentsAsync(new()));
    }
}
