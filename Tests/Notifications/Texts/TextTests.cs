using System.Reflection;
using Shop.Notifications.Texts;
using Text = Shop.Notifications.Texts.Text;

namespace Shop.Notifications.Tests.Texts;

/// <summary>Stored pictures of all texts, to be read in a review: the files in <c>Approved</c>. What differs is written beside them as <c>.received.txt</c>.</summary>
public sealed class TextTests
{
    private static readonly string Folder = typeof(TextTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Approved").Value!;

    private static readonly Facts Sample = new()
    {
        OrderId = Guid.Parse("0198c0de-0000-7000-8000-0000000000aa"),
        Amount = 259_800,
        TrackingNumber = "4T2K9M0QXW7B5ZRC",
        CouponKo = "가입 축하 쿠폰",
        CouponEn = "Welcome coupon",
        // The first of January in Seoul.
        ExpiresAt = new(2026, 12, 31, 15, 0, 0, TimeSpan.Zero),
    };

    public static TheoryData<string, string> All =>
        [.. from language in new[] { "ko", "en" } from kind in NotificationKind.All select new TheoryDataRow<string, string>(language, kind)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Each_kind_says_what_was_approved(string language, string kind)
    {
        string[] reasons = kind switch
        {
            NotificationKind.OrderRejected => ["out_of_stock", "payment_declined", "insufficient_funds", "coupon_not_usable", "timed_out", "another"],
            NotificationKind.OrderCancelled => ["cancelled_by_member", "cancelled_by_operator", "delivery_failed", "another"],
            _ => [""],
        };
        var picture = string.Concat(reasons.Select(reason => Picture(Of(language, kind, Sample with { Reason = reason }))));
        var approved = Path.Combine(Folder, $"{kind}.{language}.txt");

        if (!File.Exists(approved) || await File.ReadAllTextAsync(approved) != picture)
        {
            await File.WriteAllTextAsync(Path.ChangeExtension(approved, ".received.txt"), picture);
            Assert.Fail($"{approved} is not what is written now: see the file .received.txt beside it.");
        }
    }

    [Fact]
    public void Every_approved_text_is_of_a_kind_that_exists() =>
        Assert.Equal(NotificationKind.All.SelectMany(kind => new[] { $"{kind}.en.txt", $"{kind}.ko.txt" }).Order(),
            Directory.EnumerateFiles(Folder).Select(Path.GetFileName).Where(file => !file!.EndsWith(".received.txt", StringComparison.Ordinal)).Order());

    [Fact]
    public void A_kind_without_a_text_is_an_error()
    {
        foreach (var language in new[] { "ko", "en" })
            Assert.Throws<ArgumentOutOfRangeException>(() => Of(language, "another", new()));
    }

    [Fact]
    public void Input_is_text_in_one_line_and_nothing_else()
    {
        var text = Of("en", NotificationKind.CouponIssued, Sample with { CouponEn = "Ten\r\nBcc: all@example.com\u2028<b>{name}\u202Egnp" });

        Assert.Equal("Ten  Bcc: all@example.com <b>{name}gnp: you can use it until 1 January 2027.", text.Body);
        Assert.DoesNotContain('\r', text.Mail);
        Assert.Equal(200, Text.Line(new('x', 500)).Length);
    }

    [Theory]
    [InlineData("en", "KRW", 0, "₩0")]
    [InlineData("ko", "KRW", 1_000_000, "1,000,000원")]
    [InlineData("en", "USD", 1_250, "12.50 USD")]
    [InlineData("ko", "USD", 1_250, "12.50 USD")]
    public void Money_has_the_decimals_of_its_currency(string language, string currency, long amount, string expected) =>
        Assert.EndsWith($": {expected}", Of(language, NotificationKind.Refunded, new() { Amount = amount, Currency = currency }).Body, StringComparison.Ordinal);

    private static Text Of(string language, string kind, Facts facts) => Notifications.Texts.Texts.Of(language, kind, facts);

    private static string Picture(Text text) => $"title: {text.Title}\nbody:  {text.Body}\n--- mail\n{text.Mail}---\n\n";
}
