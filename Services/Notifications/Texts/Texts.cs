namespace Shop.Notifications.Texts;

/// <summary>The texts of all kinds. Input appears in them as text and as nothing else: there is no template language that it could be read as.</summary>
internal static class Texts
{
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    /// <param name="kind">One of <see cref="NotificationKind"/>.</param>
    /// <param name="name">The member's.</param>
    public static Text Of(string language, string kind, string name, Facts facts)
    {
        name = Text.Line(name);
        facts = facts with { TrackingNumber = Text.Line(facts.TrackingNumber), CouponKo = Text.Line(facts.CouponKo), CouponEn = Text.Line(facts.CouponEn) };
        return language == "en" ? English.Of(kind, name, facts) : Korean.Of(kind, name, facts);
    }
}
