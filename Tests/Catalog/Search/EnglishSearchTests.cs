using Shop.Catalog.Tests.Running;
using Shop.Catalog.V1;

namespace Shop.Catalog.Tests.Search;

public sealed class EnglishSearchTests(RunningCatalog catalog)
{
    [Theory]
    [InlineData("Wireless Mechanical Keyboard")]
    [InlineData("KEYBOARD wireless")]
    [InlineData("wirelessmechanical")]
    [InlineData("wireless mechanicalkeyboard")]
    [InlineData("key board")]
    [InlineData("keyb")]                     // while typing
    [InlineData("ｋｅｙｂｏａｒｄ")]          // full width
    [InlineData("keybaord")]                 // swapped letters
    [InlineData("keybord")]                  // missing
    [InlineData("keyboaard")]                // one letter too many
    [InlineData("kezboard")]                 // wrong
    [InlineData("leyboard")]
    [InlineData("keyboarf")]
    [InlineData("wireles mecanical keybord")]
    [InlineData("wirelesmechanical")]
    [InlineData("tenkeyless dongle")]        // from the description
    public async Task Finds_the_wireless_mechanical_keyboard(string query) =>
        Assert.Contains("Wireless Mechanical Keyboard", await catalog.NamesAsync(query, Language.En));

    [Theory]
    [InlineData("usb-c")]
    [InlineData("USBC")]
    [InlineData("usb c")]
    [InlineData("usb‑c coiled")]
    public async Task Punctuation_does_not_matter(string query) =>
        Assert.Contains("Coiled USB-C Cable", await catalog.NamesAsync(query, Language.En));

    [Fact]
    public async Task Accents_do_not_matter() => Assert.Contains("Hand Blender", await catalog.NamesAsync("purees", Language.En));

    [Fact]
    public async Task An_English_word_is_not_found_inside_another() =>
        Assert.DoesNotContain("Wireless Mechanical Keyboard", await catalog.NamesAsync("oard", Language.En));

    [Theory]
    [InlineData("qzxqzx")]
    [InlineData("keabourd")]
    [InlineData("!!!")]
    [InlineData("🎧")]
    [InlineData("%")]
    [InlineData("' or 1=1 --")]
    [InlineData("a&b|c:*!(")]
    public async Task Finds_nothing_for(string query) => Assert.Empty(await catalog.NamesAsync(query, Language.En));

    [Fact]
    public async Task The_language_of_the_answer_is_not_the_language_of_the_search()
    {
        Assert.Contains("Wireless Mechanical Keyboard", await catalog.NamesAsync("기계식", Language.En));
        Assert.Contains("무선 기계식 키보드", await catalog.NamesAsync("mechanical", Language.Ko));
    }

    [Fact]
    public async Task Spaces_alone_are_no_query() => Assert.Equal(100, (await catalog.NamesAsync("   ")).Count);
}
