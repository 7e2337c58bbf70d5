using System.Net;
using System.Text.Json;

namespace Shop.Chaos.Actors;

internal sealed class Member(Guid id, Session session)
{
    private const string Password = "correct horse battery";
    private static readonly TimeSpan CouponWithin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(300);
    private Guid? _coupon;

    public Guid Id => id;

    public Session Session => session;

    /// <returns>Null: the shop did not answer as expected; it is logged.</returns>
    public static async Task<Member?> SignUpAsync(ShopCalls calls, int step, CancellationToken cancel)
    {
        var email = $"{Guid.CreateVersion7():N}@chaos.example";
        var answer = await calls.SendAsync(Request.Post(step, "/api/v1/members", new { email, password = Password, name = "김하나", language = "ko" }), token: null, cancel);
        // An earlier try was done, and its answer lost.
        var isKnown = answer is { Status: HttpStatusCode.Conflict, Tries: > 1 };
        if (answer is { Status: not HttpStatusCode.Created } && !isKnown)
            calls.Log.AddUnexpected(step, $"signing up was answered with {answer}");
        if (answer?.Status is not HttpStatusCode.Created && !isKnown)
            return null;

        var session = new Session(calls, email, Password);
        var me = await session.SendAsync(Request.Get(step, "/api/v1/me"), ok => ok.Status is HttpStatusCode.OK, cancel);
        return me is null ? null : new(me.Body.GetProperty("memberId").GetGuid(), session);
    }

    /// <summary>The welcome coupon, whatever its status. It arrives some time after the sign-up.</summary>
    /// <returns>Null: it has not arrived. If it never does, the check at rest finds that.</returns>
    public async Task<Guid?> CouponAsync(int step, CancellationToken cancel)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (_coupon is null && TimeProvider.System.GetElapsedTime(begun) < CouponWithin)
        {
            var answer = await session.SendAsync(Request.Get(step, "/api/v1/coupons"), ok => ok.Status is HttpStatusCode.OK, cancel);
            if (answer?.Body.GetProperty("items").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } coupon)
                _coupon = coupon.GetProperty("id").GetGuid();
            else
                await Task.Delay(PollInterval, cancel);
        }
        return _coupon;
    }
}
