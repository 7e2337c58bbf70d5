using System.Net;
using Shop.Chaos.Plans;
using Shop.Checker;

namespace Shop.Chaos.Actors;

/// <summary>Requests of one order, and what the client knows of it afterwards.</summary>
internal sealed class Ordering(Products products, Followed followed)
{
    private static readonly object Address = new { recipient = "김하나", line1 = "세종대로 110", city = "서울", postalCode = "04524", country = "KR" };

    /// <returns>One entry per key and answer: several for rivals, and where one key got different answers.</returns>
    public async Task<IReadOnlyList<RequestedOrder>> OrderAsync(PlaceOrder step, Member member, CancellationToken cancel)
    {
        var coupon = step.UsesCoupon ? await member.CouponAsync(step.Number, cancel) : null;
        var orders = await Task.WhenAll(Enumerable.Range(0, step.Orders).Select(rival => OrderAsync(step, rival, member, coupon, cancel)));
        return [.. orders.SelectMany(answers => answers)];
    }

    private async Task<IReadOnlyList<RequestedOrder>> OrderAsync(PlaceOrder step, int rival, Member member, Guid? coupon, CancellationToken cancel)
    {
        var key = StepKey.Of(step.Number, rival);
        long? expectedTotal = step.StatesTotal ? step.Lines.Sum(line => line.Value * products.PriceOf(line.Key)) : null;
        var request = Request.Post(step.Number, "/api/v1/orders", new
        {
            items = step.Lines.Select(line => new { productId = products[line.Key], quantity = line.Value }),
            paymentToken = step.PaymentToken,
            shippingAddress = Address,
            couponId = coupon,
            expectedTotal = expectedTotal is { } amount ? new { amount, currency = "KRW" } : null,
        }, key);

        var answers = await AnswersAsync(step, member, request, answer => answer.Status is HttpStatusCode.Accepted
            || step.StatesTotal && answer.Reason == "price_changed" || coupon is not null && answer.Reason == "coupon_not_usable", cancel);
        foreach (var refused in answers.Where(answer => answer?.Reason.Length > 0))
            member.Session.Log.Refused(refused!.Reason);

        var order = new RequestedOrder(member.Id, key, null)
        {
            ExpectedTotal = expectedTotal,
            Coupon = coupon,
            Lines = step.Lines.ToDictionary(line => products[line.Key], line => (long)line.Value),
            // After a try that is in doubt, a refusal says nothing about that try.
            IsRefused = answers.All(answer => answer is { Reason.Length: > 0, Tries: 1 }),
        };
        var ids = answers.Select(answer => answer?.Text("orderId")).OfType<string>().Select(Guid.Parse).Distinct().ToList();
        if (ids.Count == 0)
            return [order];
        return [await followed.FollowAsync(step, rival, member, order with { OrderId = ids[0] }, cancel), .. ids.Skip(1).Select(id => order with { OrderId = id })];
    }

    private static async Task<IReadOnlyList<Answer?>> AnswersAsync(PlaceOrder step, Member member, Request request, Func<Answer, bool> expected, CancellationToken cancel)
    {
        var first = member.Session.SendAsync(request, expected, cancel);
        if (step.Repeat is Repeat.None)
            return [await first];

        if (step.Repeat is Repeat.Afterwards)
            await first;
        member.Session.Log.Repeated();
        return await Task.WhenAll(first, member.Session.SendAsync(request, expected, cancel));
    }
}
