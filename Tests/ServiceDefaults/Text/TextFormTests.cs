using Shop.ServiceDefaults.Text;

namespace Shop.ServiceDefaults.Tests.Text;

public sealed class TextFormTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\u1112\u1161\u11AB\u1100\u1173\u11AF", "한글")]
    [InlineData("\uD55C", "한")]
    [InlineData("\u1112\u1161\u11A7", "하\u11A7")]
    [InlineData("하\u11AB", "한")]
    [InlineData("e\u0301\u0301", "é\u0301")]
    [InlineData("a\u0323\u0302", "ậ")]
    [InlineData("a\u0302\u0323", "ậ")]
    [InlineData("\u2126\u212A", "ΩK")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("a\u0315\u0300\u05AE\u0300b", "à\u05AE\u0300\u0315b")]
    [InlineData("\u0344", "\u0308\u0301")]
    [InlineData("ﬁ", "ﬁ")]
    [InlineData("\u0301e", "\u0301e")]
    public void Nfc_is_one_form_of_all_that_look_the_same(string text, string form)
    {
        Assert.Equal(form, TextForm.Nfc(text));
        Assert.Equal(form, TextForm.Nfc(form));
    }

    [Fact]
    public void Every_syllable_comes_together_again()
    {
        for (var syllable = 0xAC00; syllable <= 0xD7A3; syllable++)
        {
            var number = syllable - 0xAC00;
            var letters = $"{(char)(0x1100 + number / 588)}{(char)(0x1161 + number / 28 % 21)}{(number % 28 == 0 ? "" : (char)(0x11A7 + number % 28))}";
            Assert.Equal(((char)syllable).ToString(), TextForm.Nfc(letters));
        }
    }

    [Theory]
    [InlineData("ABC-1", "abc-1")]
    [InlineData("ＡＢＣ－１", "abc-1")]
    [InlineData("a\u200Bb\uFEFFc\u00AD-\u202E1", "abc-1")]
    [InlineData("ﬁ\uFE0F", "FI")]
    [InlineData("É", "e\u0301")]
    [InlineData("㎏", "KG")]
    public void Two_that_differ_in_case_form_or_what_nobody_sees_look_the_same(string one, string other) =>
        Assert.Equal(TextForm.Lookalike(one), TextForm.Lookalike(other));

    [Theory]
    [InlineData("a-1", "a-2")]
    [InlineData("e", "é")]
    [InlineData("가", "까")]
    public void Others_do_not(string one, string other) => Assert.NotEqual(TextForm.Lookalike(one), TextForm.Lookalike(other));
}
