using System.Text;

namespace Shop.Testing;

/// <summary>
/// A CSV file of products for the import, of any size and reproducible by its seed: plausible names in both languages, prices by category, SKUs <c>GEN-0000001</c>….
/// </summary>
public static class ProductFile
{
    public const string Header = "sku,categoryId,price,name.ko,name.en,description.ko,description.en";

    private sealed record Words(string Ko, string En);

    private sealed record Kind(string Category, int Cheapest, int Dearest, Words[] Things);

    private static readonly Kind[] Kinds =
    [
        new("keyboards", 19_000, 289_000, Pairs("기계식 키보드|Mechanical Keyboard, 무선 마우스|Wireless Mouse, 숫자 키패드|Number Pad, 손목 받침대|Wrist Rest, 키캡 세트|Keycap Set, 장패드|Desk Mat")),
        new("audio", 24_000, 690_000, Pairs("블루투스 이어폰|Bluetooth Earphones, 노이즈 캔슬링 헤드폰|Noise Cancelling Headphones, 북셸프 스피커|Bookshelf Speakers, 콘덴서 마이크|Condenser Microphone, 턴테이블|Turntable, 사운드바|Soundbar")),
        new("kitchen", 5_900, 198_000, Pairs("에어프라이어|Air Fryer, 무쇠 냄비|Cast Iron Pot, 식도|Chef's Knife, 도마|Cutting Board, 면기|Noodle Bowl, 전기밥솥|Rice Cooker, 착즙기|Juicer")),
        new("furniture", 39_000, 1_290_000, Pairs("원목 책상|Solid Wood Desk, 사무용 의자|Office Chair, 3인용 소파|Three-Seat Sofa, 책장|Bookcase, 침대 프레임|Bed Frame, 좌식 테이블|Floor Table")),
        new("lighting", 9_900, 259_000, Pairs("LED 스탠드|LED Desk Lamp, 펜던트 조명|Pendant Light, 무드등|Mood Light, 전구 세트|Bulb Set, 플로어 램프|Floor Lamp")),
        new("camping", 7_900, 489_000, Pairs("백패킹 텐트|Backpacking Tent, 침낭|Sleeping Bag, 캠핑 랜턴|Camping Lantern, 접이식 의자|Folding Chair, 화로대|Fire Pit, 헤드랜턴|Headlamp")),
        new("bags", 12_000, 398_000, Pairs("가죽 크로스백|Leather Crossbody Bag, 백팩|Backpack, 여행용 캐리어|Suitcase, 카드 지갑|Card Wallet, 노트북 슬리브|Laptop Sleeve")),
        new("stationery", 1_500, 149_000, Pairs("만년필|Fountain Pen, 줄 노트|Lined Notebook, 잉크|Ink, 색연필|Coloured Pencils, 다이어리|Planner, 필통|Pencil Case")),
        new("coffee", 6_500, 459_000, Pairs("원두|Coffee Beans, 핸드드립 세트|Pour-Over Set, 녹차|Green Tea, 에스프레소 머신|Espresso Machine, 전기 주전자|Electric Kettle, 말차|Matcha")),
        new("pets", 3_900, 169_000, Pairs("고양이 스크래처|Cat Scratcher, 강아지 하네스|Dog Harness, 자동 급식기|Automatic Feeder, 고양이 모래|Cat Litter, 노즈워크 장난감|Snuffle Toy")),
    ];

    private static readonly Words[] Makers = [.. from first in Pairs("가람|Garam, 누리|Nuri, 다온|Daon, 라온|Raon, 미르|Mir, 보람|Boram, 소담|Sodam, 아라|Ara, 하늘|Haneul, 한결|Hangyeol, 노아|Noa, 벨로|Velo")
        from second in Pairs("산업|Works, 공방|Studio, 상회|Goods, 랩|Lab, 홈|Home") select new Words(first.Ko + second.Ko, $"{first.En} {second.En}")];

    private static readonly Words[] Traits = Pairs("가벼운|Lightweight, 튼튼한|Sturdy, 접이식|Folding, 무선|Wireless, 방수|Waterproof, 휴대용|Portable, 대용량|Large, 미니|Mini, 저소음|Quiet, 수제|Handmade, 프리미엄|Premium, 친환경|Eco");

    private static readonly Words[] Colours = Pairs("검정|Black, 하양|White, 남색|Navy, 민트|Mint, 베이지|Beige, 빨강|Red, 회색|Grey, 연두|Lime, 크림|Cream, 코랄|Coral");

    private static readonly Words[] Praises = Pairs(
        "매일 쓰기 좋게 만들었습니다|Made for everyday use, 선물로도 좋습니다|Makes a fine gift, 오래 쓸 수 있는 소재입니다|Built from materials that last, 공간을 적게 차지합니다|Takes up little space, 손질이 쉽습니다|Easy to care for, 2년간 무상으로 수리합니다|Repaired free of charge for two years");

    public static async Task WriteAsync(string path, int count, int seed = 1, CancellationToken cancel = default)
    {
        await using var file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        await file.WriteLineAsync(Header.AsMemory(), cancel);
        foreach (var line in Lines(count, seed))
            await file.WriteLineAsync(line.AsMemory(), cancel);
    }

    public static IEnumerable<string> Lines(int count, int seed = 1)
    {
        var random = new Random(seed);
        for (var number = 1; number <= count; number++)
        {
            T Any<T>(T[] words) => words[random.Next(words.Length)];

            var (kind, maker, trait, colour, praise, further) = (Any(Kinds), Any(Makers), Any(Traits), Any(Colours), Any(Praises), Any(Praises));
            var thing = Any(kind.Things);
            // Skewed to low prices, in hundreds of won.
            var price = kind.Cheapest + (long)((kind.Dearest - kind.Cheapest) * Math.Pow(random.NextDouble(), 2.5)) / 100 * 100;
            var model = $"{(char)('A' + random.Next(26))}{random.Next(10, 1_000)}";
            yield return $"""
                GEN-{number:0000000},{kind.Category},{price},{maker.Ko} {trait.Ko} {thing.Ko} {model} {colour.Ko},"{maker.En} {trait.En} {thing.En} {model}, {colour.En}",{praise.Ko}. {further.Ko}.,"{praise.En}. {further.En}."
                """;
        }
    }

    /// <param name="words">"한국어|English, …"</param>
    private static Words[] Pairs(string words) => [.. words.Split(", ").Select(pair => pair.Split('|')).Select(pair => new Words(pair[0], pair[1]))];
}
