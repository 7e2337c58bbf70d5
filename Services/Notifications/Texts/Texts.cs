namespace Shop.Notifications.Texts;

/// <summary>
/// The texts of all kinds. Input appears in them as text and as nothing else: there is no template language that it could be read as. A member's name does not appear: a
/// sign-up with somebody else's address would send that person a text of its choice.
/// </summary>
internal static class Texts
{
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    /// <param name="kind">One of <see cref="NotificationKind"/>.</param>
    public static Text Of(string language, string kind, Facts facts)
    {
        facts = facts with { TrackingNumber = Text.Line(facts.TrackingNumber), CouponKo = Text.Line(facts.CouponKo), CouponEn = Text.Line(facts.CouponEn) };
        return language == "en" ? English.Of(kind, facts) : Korean.Of(kind, facts);
    }
}
