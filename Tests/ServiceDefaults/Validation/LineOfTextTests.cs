using Shop.ServiceDefaults.Validation;

namespace Shop.ServiceDefaults.Tests.Validation;

public sealed class LineOfTextTests
{
    /// <summary>Text of invisible characters.</summary>
    public static TheoryData<string> Unseen =>
    [
        "\u200B", "\u200B\u200C\u200D\u2060", "\uFEFF", "\u00AD", "\u202E\u202C", "\u2066\u2069", "\u200E \u200F", "\u061C", "\u034F", "\u2800\u2800", "\u3164", "\uFFA0",
        "\u115F\u1160", "\u180E", "\uFE0F", "\U000E0100", "\U000E0041\U000E0042", "\u17B4", "\u3000\u2003\u00A0", "\uFFF9\uFFFB", "\U0001D173", "\u2028",
    ];

    [Theory, MemberData(nameof(Unseen))]
    public void A_line_that_nobody_can_see_is_as_blank_as_a_blank_one(string unseen)
    {
        foreach (var line in new[] { unseen, unseen + unseen, $" {unseen} " })
        {
            var check = new Check();
            check.Line("name", line, 1, 100);
            Assert.True(check.HasErrors);
        }

        var text = new Check();
        text.Text("text", $"\n\t{unseen}\r\n", 1, 100);
        Assert.True(text.HasErrors);
    }

    [Theory]
    [InlineData("👩‍👩‍👧")]
    [InlineData("می\u200Cخواهم")]
    [InlineData("שלום \u202E김")]
    [InlineData("❤\uFE0F")]
    [InlineData("a\u200B")]
    [InlineData(".")]
    public void One_character_that_can_be_seen_is_enough(string line)
    {
        var check = new Check();

        Assert.Equal(line, check.Line("name", line, 1, 100));
        Assert.False(check.HasErrors);
    }

    [Theory]
    [InlineData("\u1100\u1161\u11A8", "각")]
    [InlineData("e\u0301", "é")]
    [InlineData("A\u030A\u0323", "Ạ\u030A")]
    [InlineData("\u212B", "Å")]
    [InlineData("\uD834\uDD5E", "\uD834\uDD57\uD834\uDD65")]
    public void A_text_is_kept_in_one_form_however_it_was_typed(string typed, string kept)
    {
        var check = new Check();

        Assert.Equal(kept, check.Line("name", typed, 1, 100));
        Assert.Equal(kept, check.Text("text", typed, 1, 100));
    }

    [Fact]
    public void Length_is_counted_in_the_form_that_is_kept()
    {
        var check = new Check();

        Assert.Equal(new string('각', 100), check.Line("name", string.Concat(Enumerable.Repeat("\u1100\u1161\u11A8", 100)), 1, 100));
        Assert.False(check.HasErrors);
    }
}
