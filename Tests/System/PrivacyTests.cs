using System.Net;
using System.Net.Http.Json;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using Npgsql;
using Shop.Inventory.V1;
using Shop.Ordering.V1;
using Shop.Testing;

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

    /// <summary>In no table of another service, neither as text nor in the bytes of an event. Members and Notifications need them: to sign in, and to send mails.</summary>
    [Fact]
    public async Task Only_members_and_notifications_have_addresses()
    {
        var email = $"{Guid.CreateVersion7():N}@example.com";
        using var signUp = await shop.Gateway.PostAsJsonAsync("/api/v1/members", new { email, password = "correct horse battery", name = "김하나", language = "ko" });
        signUp.EnsureSuccessStatusCode();
        var member = await shop.SignInAsync(email, "correct horse battery");
        var order = await member.PlaceOrderAsync(await shop.ProductWithStockAsync(1), 1);
        await order.BecomesAsync("confirmed");
        await Eventually.TrueAsync(async () => await HasAsync("notifications", email), "Notifications has it");

        var holders = new List<string>();
        foreach (var service in new[] { "basket", "catalog", "coupons", "inventory", "members", "notifications", "order-history", "ordering", "payment-provider", "payments", "reviews", "shipping", "storefront" })
        {
            if (await HasAsync(service, email))
                holders.Add(service);
        }

        Assert.Equal(["members", "notifications"], holders);
    }

    private async Task<bool> HasAsync(string service, string text)
    {
        await using var connection = new NpgsqlConnection(shop.Info.DatabaseOf(service));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var tables = new List<string>();
        await using (var names = new NpgsqlCommand("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')", connection))
        await using (var reader = await names.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
                tables.Add(reader.GetString(0));
        }

        // A row as text has its bytes in hexadecimal digits.
        var (plain, bytes) = ($"%{text}%", $"%{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text))}%");
        foreach (var table in tables)
        {
            await using var search = new NpgsqlCommand($"select exists (select from {table} r where r::text ilike $1 or r::text ilike $2)", connection)
            {
                Parameters = { new() { Value = plain }, new() { Value = bytes } },
            };
            if (await search.ExecuteScalarAsync(TestContext.Current.CancellationToken) is true)
                return true;
        }
        return false;
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
