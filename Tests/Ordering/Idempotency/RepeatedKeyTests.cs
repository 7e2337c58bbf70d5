using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Shop.Ordering.Idempotency;
using Shop.Ordering.Orders;
using Shop.Ordering.Tests.Running;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.Testing;
using static Shop.Ordering.Tests.Running.RunningOrdering;

namespace Shop.Ordering.Tests.Idempotency;

public sealed class RepeatedKeyTests(RunningOrdering ordering) : IClassFixture<RunningOrdering>
{
    private readonly Guid _member = Guid.CreateVersion7();

    [Fact]
    public async Task Ten_at_once_on_two_replicas_are_one_order()
    {
        var token = ordering.Tokens.Member(_member);
        var replicas = new[] { ordering.First.Client(token), ordering.Second.Client(token) };

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => AnswerAsync(replicas[i % 2], Request("at-once"))));

        Assert.Single(answers.Where(answer => answer != "idempotency_key_in_use").Distinct());
        Assert.Equal(1, await ordering.OrdersOfAsync(_member));
        Assert.Equal([1], await ordering.QueryAsync<int>(
            "select count(*)::int from messaging.outbox o where o.key in (select id::text from orders where member_id = @_member)", new { _member }));
    }

    /// <summary>The retry reaches another replica, whose clock is ahead of the first one's, or behind it.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task A_replica_whose_clock_is_five_minutes_away_gives_the_same_answer(int minutes)
    {
        var clock = new ShiftedClock();
        clock.Advance(ordering.Clock.GetUtcNow() - clock.GetUtcNow() + TimeSpan.FromMinutes(minutes));
        await using var other = await ordering.StartReplicaAsync(services => services.AddSingleton<TimeProvider>(clock));
        var token = ordering.Tokens.Member(_member);
        var here = await ordering.First.Client(token).PlaceOrderAsync(Request("here"));
        Assert.Equal(here, await other.Client(token).PlaceOrderAsync(Request("here")));
        var there = await other.Client(token).PlaceOrderAsync(Request("there"));
        Assert.Equal(there, await ordering.First.Client(token).PlaceOrderAsync(Request("there")));

        var atOnce = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => AnswerAsync((i % 2 == 0 ? ordering.First : other).Client(token), Request("both"))));
        Assert.Single(atOnce.Where(answer => answer != "idempotency_key_in_use").Distinct());
        Assert.Equal(3, await ordering.OrdersOfAsync(_member));
    }

    [Fact]
    public async Task The_answer_comes_again_byte_for_byte_whatever_has_changed_since()
    {
        var first = await ordering.As(_member).PlaceOrderAsync(Request("again"));
        await ordering.QueryAsync<int>("update orders set status = 'confirmed' where member_id = @_member returning 1", new { _member });
        ordering.Catalog.IsEmpty = true;

        try
        {
            var second = await ordering.As(_member).PlaceOrderAsync(Request("again"));
            Assert.Equal(first.ToByteArray(), second.ToByteArray());
        }
        finally
        {
            ordering.Catalog.IsEmpty = false;
        }

        Assert.Equal(1, await ordering.OrdersOfAsync(_member));
    }

    [Fact]
    public async Task Another_request_is_refused()
    {
        await ordering.As(_member).PlaceOrderAsync(Request("reused"));
        var other = Request("reused");
        other.ShippingAddress.Line2 = "3층";

        Assert.Equal("idempotency_key_reused", await AnswerAsync(other));
        Assert.Equal(1, await ordering.OrdersOfAsync(_member));
    }

    /// <summary>Its lines merged or not, its ids and texts in one form or another.</summary>
    [Fact]
    public async Task The_same_request_in_other_words_is_the_same_request()
    {
        var one = Request("words");
        one.ShippingAddress.City = "서울";
        var other = one.Clone();
        other.Lines[0].Quantity = 1;
        other.Lines.Add(new OrderLine { ProductId = one.Lines[0].ProductId.ToUpperInvariant(), Quantity = 1 });
        other.ShippingAddress.City = "\u1109\u1165\u110B\u116E\u11AF";

        Assert.Equal(await ordering.As(_member).PlaceOrderAsync(one), await ordering.As(_member).PlaceOrderAsync(other));
        Assert.Equal(1, await ordering.OrdersOfAsync(_member));
    }

    /// <summary>The hash of an order that an earlier version has stored: it stays valid for 24 hours.</summary>
    [Fact]
    public void A_request_has_the_hash_that_it_always_had()
    {
        var request = Request("hash");
        request.ExpectedTotal = new() { Amount = 259_800, Currency = "KRW" };
        request.CouponId = "019aa5b0-0000-7000-8000-0000000000cc";
        var asked = request.Clone();
        asked.IdempotencyKey = "";

        Assert.Equal(System.Security.Cryptography.SHA256.HashData(asked.ToByteArray()), AnsweredRequests.Hash(OrderRequest.Of(request).ToContract()));
    }

    [Fact]
    public async Task A_request_that_is_only_validated_orders_nothing_and_keeps_no_key()
    {
        var request = Request("validated");
        request.ValidateOnly = true;
        Assert.Equal(new PlaceOrderResponse(), await ordering.As(_member).PlaceOrderAsync(request));

        request.Lines[0].Quantity = 0;
        Assert.Equal("InvalidArgument", await AnswerAsync(request));
        Assert.Equal(0, await ordering.OrdersOfAsync(_member));

        request = Request("validated");
        request.Lines[0].Quantity = 3;
        await ordering.As(_member).PlaceOrderAsync(request);
        Assert.Equal(1, await ordering.OrdersOfAsync(_member));
    }

    [Fact]
    public async Task What_was_refused_or_failed_has_not_burnt_its_key()
    {
        var invalid = Request("not-burnt");
        invalid.Lines[0].Quantity = 0;
        Assert.Equal("InvalidArgument", await AnswerAsync(invalid));

        ordering.Catalog.IsEmpty = true;
        Assert.Equal("unknown_product", await AnswerAsync(Request("not-burnt")));
        (ordering.Catalog.IsEmpty, ordering.Catalog.IsAway) = (false, true);
        Assert.Equal("Unavailable", await AnswerAsync(Request("not-burnt")));
        ordering.Catalog.IsAway = false;

        // With another body, even: nothing was kept of the others.
        var other = Request("not-burnt");
        other.Lines[0].Quantity = 3;
        await ordering.As(_member).PlaceOrderAsync(other);
        Assert.Equal(1, await ordering.OrdersOfAsync(_member));
    }

    [Fact]
    public async Task A_key_is_its_members_own()
    {
        var other = Guid.CreateVersion7();

        var mine = await ordering.As(_member).PlaceOrderAsync(Request("shared"));
        var theirs = await ordering.As(other).PlaceOrderAsync(Request("shared"));

        Assert.NotEqual(mine.OrderId, theirs.OrderId);
        Assert.Equal((1, 1), (await ordering.OrdersOfAsync(_member), await ordering.OrdersOfAsync(other)));
    }

    [Fact]
    public async Task Order_event_checkout_and_answer_are_one_commit()
    {
        await ordering.As(_member).PlaceOrderAsync(Request("one-commit"));

        Assert.Equal([true], await ordering.QueryAsync<bool>("""
            select o.xmin = k.xmin and o.xmin = e.xmin
            from orders o join answered_requests k using (member_id) join messaging.outbox e on e.key = o.id::text where member_id = @_member
            """, new { _member }));
    }

    private Task<string> AnswerAsync(PlaceOrderRequest request) => AnswerAsync(ordering.As(_member), request);

    /// <summary>The whole answer, or why there is none.</summary>
    private static async Task<string> AnswerAsync(V1.OrderingService.OrderingServiceClient client, PlaceOrderRequest request)
    {
        try
        {
            return (await client.PlaceOrderAsync(request)).ToString();
        }
        catch (RpcException failure)
        {
            return failure.StatusCode is StatusCode.FailedPrecondition or StatusCode.AlreadyExists ? failure.Reason()! : failure.StatusCode.ToString();
        }
    }
}
