using Shop.Catalog.Tests.Running;

namespace Shop.Catalog.Tests.Search;

public sealed class KoreanSearchTests(RunningCatalog catalog)
{
    [Theory]
    [InlineData("무선 기계식 키보드")]      // the exact name
    [InlineData("키보드 무선")]             // in another order
    [InlineData("무선기계식키보드")]        // without spaces
    [InlineData("기계식키보드")]
    [InlineData("무선키보드")]              // a compound with a word in between
    [InlineData("무 선 키 보 드")]          // with too many spaces
    [InlineData("키보")]                    // parts of words
    [InlineData("보드")]
    [InlineData("계식")]
    [InlineData("선기계식키")]
    [InlineData("텐키리스")]                // from the description
    [InlineData("무선 keyboard")]           // both languages at once
    [InlineData("mechanical 키보드")]
    public async Task Finds_the_wireless_mechanical_keyboard(string query) =>
        Assert.Contains("무선 기계식 키보드", await catalog.NamesAsync(query));

    [Theory]
    [InlineData("에어프라이오", "에어프라이어 7리터")]        // a wrong letter
    [InlineData("어어프라이어", "에어프라이어 7리터")]        // the first
    [InlineData("에어프이어", "에어프라이어 7리터")]          // one is missing
    [InlineData("에어프라라이어", "에어프라이어 7리터")]      // one is too many
    [InlineData("에어라프이어", "에어프라이어 7리터")]        // two swapped letters
    [InlineData("스테인레스", "스테인리스 3중 냄비")]
    [InlineData("블루투쓰이어폰", "무선 블루투스 이어폰")]    // in a compound
    [InlineData("노이즈캔슬닝헤드폰", "노이즈 캔슬링 헤드폰")]
    [InlineData("턴테이불은", null)]
    public async Task Forgives_one_wrong_letter_in_words_of_five_or_more(string query, string? expected)
    {
        var names = await catalog.NamesAsync(query);
        if (expected is null)
            Assert.Empty(names);
        else
            Assert.Contains(expected, names);
    }

    [Fact]
    public async Task Two_wrong_letters_are_too_many() => Assert.Empty(await catalog.NamesAsync("에아프라이오"));

    [Fact]
    public async Task A_short_word_must_be_right() => Assert.Empty(await catalog.NamesAsync("키부드"));

    [Fact]
    public async Task One_syllable_is_a_word_of_its_own_and_no_part()
    {
        await catalog.AddAsync("컵 하나", "One Vessel");
        var names = await catalog.NamesAsync("컵");

        Assert.Contains("컵 하나", names);
        Assert.DoesNotContain("캠핑 머그 법랑컵", names);
    }

    [Fact]
    public async Task Every_word_must_be_found() => Assert.Empty(await catalog.NamesAsync("키보드 샹들리에"));

    [Fact]
    public async Task Decomposed_syllables_are_composed() =>
        Assert.Contains("무선 기계식 키보드", await catalog.NamesAsync("\u110F\u1175\u1107\u1169\u1103\u1173"));
}
