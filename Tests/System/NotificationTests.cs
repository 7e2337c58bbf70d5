using System.Net.Http.Json;
using System.Text.Json;
using MimeKit;
using Shop.Testing;

namespace Shop.SystemTests;

/// <summary>From the sign-up and the order to what the member reads, by choreography.</summary>
public sealed class NotificationTests(RunningShop shop)
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("ko", "가입을 환영합니다", "쿠폰이 발급되었습니다", "주문이 확정되었습니다")]
    [InlineData("en", "Welcome", "You have a coupon", "Your order is confirmed")]
    public async Task A_member_is_welcomed_gets_a_coupon_and_orders_and_reads_of_it_in_the_shop_and_by_mail(string language, string welcome, string coupon, string confirmed)
    {
        var (member, email) = await SignUpAsync(language);
        await HasAsync(member, "welcome", "coupon_issued");
        var order = await member.PlaceOrderAsync(await shop.ProductWithStockAsync(5), 1);
        await order.BecomesAsync("confirmed");

        var made = await HasAsync(member, "welcome", "coupon_issued", "order_confirmed");

        Assert.Equal([welcome, coupon, confirmed], made.Select(one => one.GetProperty("title").GetString()));
        Assert.Equal(order.Id, made[2].GetProperty("orderId").GetString());
        var mails = await MailsAsync(email, 3);
        Assert.Equal(new[] { welcome, coupon, confirmed }.Order(), mails.Select(mail => mail.Subject).Order());
        // What a stranger has typed as a name is in no mail (docs/mail.md).
        Assert.All(mails, mail => Assert.Equal((true, language), (string.IsNullOrEmpty(mail.To[0].Name), mail.Body!.Headers["Content-Language"])));

        using var read = await member.SendAsync(HttpMethod.Post, $"/api/v1/notifications/{made[0].GetProperty("id").GetString()}/read", body: null);
        Assert.Equal(204, (int)read.StatusCode);
        Assert.Equal(2, (await member.GetAsync("/api/v1/notifications?unread=true")).GetProperty("unread").GetInt32());
    }

    [Fact]
    public async Task What_happens_while_notifications_is_stopped_is_notified_of_afterwards_and_once()
    {
        var product = await shop.ProductWithStockAsync(5);
        await CommandAsync("stop");
        Member member;
        string email;
        Order order, cancelled;
        try
        {
            (member, email) = await SignUpAsync("en");
            order = await member.PlaceOrderAsync(product, 1);
            cancelled = await member.PlaceOrderAsync(product, 1);
            await order.BecomesAsync("confirmed");
            await cancelled.BecomesAsync("confirmed");
            using var cancel = await cancelled.CancelAsync();
            await cancelled.IsCancelledAsync("cancelled_by_member");
            using var answer = await member.SendAsync(HttpMethod.Get, "/api/v1/notifications", body: null);
            Assert.Equal(503, (int)answer.StatusCode);
        }
        finally
        {
            await CommandAsync("start");
        }

        var made = await HasAsync(member, "welcome", "coupon_issued", "order_cancelled", "refunded");
        await Eventually.TrueAsync(async () => (await ListAsync(member)).Count == 6, "both confirmations are there, too", Within);
        Assert.All(made.Skip(2), one => Assert.Equal(cancelled.Id, one.GetProperty("orderId").GetString()));
        Assert.Equal(new[] { order.Id, cancelled.Id }.Order(), (await ListAsync(member)).Where(one => one.GetProperty("kind").GetString() == "order_confirmed").Select(one => one.GetProperty("orderId").GetString()).Order());
        Assert.Equal(6, (await MailsAsync(email, 6)).Select(mail => mail.MessageId).Distinct().Count());
        await shop.IsWholeAsync();
    }

    private async Task<(Member Member, string Email)> SignUpAsync(string language)
    {
        var (email, password) = ($"{Guid.CreateVersion7():N}@example.com", "correct horse battery");
        using var signUp = await shop.Gateway.PostAsJsonAsync("/api/v1/members", new { email, password, name = "김하나", language });
        signUp.EnsureSuccessStatusCode();
        return (await shop.SignInAsync(email, password), email);
    }

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(Member member) =>
        [.. (await member.GetAsync("/api/v1/notifications?pageSize=100")).GetProperty("items").EnumerateArray()];

    /// <summary>Waits for one of each of these kinds, and returns them in this order.</summary>
    private static async Task<IReadOnlyList<JsonElement>> HasAsync(Member member, params string[] kinds) => await Eventually.IsAsync(async () =>
    {
        var listed = (await ListAsync(member)).ToLookup(one => one.GetProperty("kind").GetString());
        return kinds.All(kind => listed.Contains(kind)) ? kinds.Select(kind => listed[kind].First()).ToList() : null;
    }, string.Join(", ", kinds), Within);

    private async Task<IReadOnlyList<MimeMessage>> MailsAsync(string email, int count) => await Eventually.IsAsync(async () =>
    {
        var mails = new List<MimeMessage>();
        foreach (var file in Directory.EnumerateFiles(shop.Mails, "*.eml"))
            mails.Add(await MimeMessage.LoadAsync(file));
        var own = mails.Where(mail => mail.To.Mailboxes.Single().Address == email).ToList();
        return own.Count == count ? own : null;
    }, $"{count} mails are there", Within);

    private async Task CommandAsync(string command)
    {
        var result = await shop.App.ResourceCommands.ExecuteCommandAsync("notifications", command, TestContext.Current.CancellationToken);
        Assert.True(result.Success, result.Message);
    }
}
