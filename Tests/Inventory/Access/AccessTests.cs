using Grpc.Core;
using Shop.Inventory.Tests.Running;

namespace Shop.Inventory.Tests.Access;

public sealed class AccessTests(RunningInventory inventory)
{
    [Fact]
    public async Task Only_ordering_changes_reservations()
    {
        foreach (var token in new[] { inventory.Tokens.Member(), inventory.Tokens.Operator(), inventory.Tokens.Service("gateway", "inventory"), inventory.Tokens.Service("catalog", "inventory") })
        {
            var client = inventory.Client(token);
            await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await client.ReserveAsync(new()));
            await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await client.ConfirmAsync(new()));
            await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await client.ReleaseAsync(new()));
            await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await client.RestockAsync(new()));
        }
    }

    [Fact]
    public async Task Only_operators_set_stock()
    {
        foreach (var token in new[] { inventory.Tokens.Member(), inventory.Tokens.Service("ordering", "inventory"), inventory.Tokens.Service("gateway", "inventory") })
            await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await inventory.Client(token).SetStockAsync(new()));
    }

    [Fact]
    public async Task Members_and_the_gateway_read_stock()
    {
        foreach (var token in new[] { inventory.Tokens.Member(), inventory.Tokens.Operator(), inventory.Tokens.Service("gateway", "inventory") })
            Assert.Empty((await inventory.Client(token).GetStockAsync(new())).Stock);

        await Answers.FailsAsync(StatusCode.PermissionDenied, async () => await inventory.Client(inventory.Tokens.Service("catalog", "inventory")).GetStockAsync(new()));
        await Answers.FailsAsync(StatusCode.Unauthenticated, async () => await inventory.Client(null).GetStockAsync(new()));
    }
}
