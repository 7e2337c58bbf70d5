using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Grpc.Core;
using Grpc.Net.Client;
using Npgsql;
using Shop.Messaging.V1;
using Shop.Testing;

namespace Shop.SystemTests;

/// <summary>Coupons loses an event that it had applied: the coupon and the inbox mark are gone, as after a restored backup.</summary>
public sealed class MissedMessagesTests(MissedMessagesTests.ShopThatCompares shop) : IClassFixture<MissedMessagesTests.ShopThatCompares>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_coupon_that_is_lost_together_with_its_mark_comes_back_once_and_operators_see_that_it_was_missing()
    {
        var (member, other) = (await shop.SignUpAsync(), await shop.SignUpAsync());
        var (lost, kept) = (await CouponsAsync(member, 1), await CouponsAsync(other, 1));

        await LoseAsync(Guid.Parse(lost[0]));

        // Published again, or in time with the comparison that is just running: the same event, so the welcome coupon is issued anew.
        var again = await CouponsAsync(member, 1, except: lost[0]);
        var result = await Eventually.IsAsync(async () => await ResultAsync() is { Missing: 0, Requested: > 0 } compared ? compared : null, "the comparison agrees again", Timeout);
        Assert.Equal("IssueWelcomeCoupon", result.Consumer);
        Assert.True(result.Published >= 2, $"{result.Published} members were published");
        Assert.Equal(again, await CouponsAsync(member, 1));
        Assert.Equal(kept, await CouponsAsync(other, 1));
    }

    private static async Task<IReadOnlyList<string>> CouponsAsync(Member member, int count, string? except = null)
    {
        IReadOnlyList<string> coupons = [];
        await Eventually.TrueAsync(async () =>
        {
            coupons = [.. (await member.GetAsync("/api/v1/coupons")).GetProperty("items").EnumerateArray().Select(coupon => coupon.GetProperty("id").GetString()!)];
            return coupons.Count == count && !coupons.Contains(except);
        }, $"there are {count} coupons", Timeout);
        return coupons;
    }

    /// <summary>The event is the one with the key of the coupon's member.</summary>
    private async Task LoseAsync(Guid coupon)
    {
        await using var coupons = new NpgsqlConnection(shop.Info.DatabaseOf("coupons"));
        await using var members = new NpgsqlConnection(shop.Info.DatabaseOf("members"));
        await coupons.OpenAsync();
        await members.OpenAsync();
        await using var transaction = await coupons.BeginTransactionAsync();
        await using var delete = new NpgsqlCommand("delete from coupons where id = $1 returning member_id", coupons, transaction) { Parameters = { new() { Value = coupon } } };
        var member = (Guid)(await delete.ExecuteScalarAsync())!;
        await using var find = new NpgsqlCommand("select event_id from messaging.outbox where key = $1", members) { Parameters = { new() { Value = member.ToString() } } };
        var @event = (Guid)(await find.ExecuteScalarAsync())!;
        await using var unmark = new NpgsqlCommand("delete from messaging.inbox where event_id = $1", coupons, transaction) { Parameters = { new() { Value = @event } } };
        Assert.Equal(1, await unmark.ExecuteNonQueryAsync());
        await transaction.CommitAsync();
    }

    private async Task<ComparedEvents?> ResultAsync()
    {
        var @operator = await shop.OperatorAsync();
        using var channel = GrpcChannel.ForAddress((await shop.Info.GrpcOfAsync("coupons"))[0]);
        var day = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", null);
        var answer = await new OperationsService.OperationsServiceClient(channel).ListComparisonsAsync(
            new() { Day = day }, new Metadata { { "authorization", $"Bearer {@operator.AccessToken}" } });
        return answer.Results.SingleOrDefault();
    }

    /// <summary>A shop of its own: Coupons compares the running day again and again.</summary>
    public sealed class ShopThatCompares : RunningShop
    {
        protected override void Configure(IDistributedApplicationTestingBuilder builder)
        {
            Of("gateway").WithEnvironment("MessageComparison__Interval", "00:00:01");
            Of("coupons").WithEnvironment("Messaging__Comparison__After", "00:00:00").WithEnvironment("Messaging__Comparison__RepeatAfter", "00:00:01");

            IResourceBuilder<ProjectResource> Of(string service) =>
                builder.CreateResourceBuilder((ProjectResource)builder.Resources.Single(resource => resource.Name == service));
        }
    }
}
