namespace Shop.Load.Search;

/// <summary>Typical queries, by kind of difficulty.</summary>
internal static class SearchWords
{
    public static readonly IReadOnlyDictionary<string, string[]> ByKind = new Dictionary<string, string[]>
    {
        ["Korean"] = ["키보드", "무선 마우스", "블루투스 이어폰", "원목 책상", "캠핑 랜턴", "에어프라이어", "만년필", "고양이 모래", "크로스백", "침대 프레임", "검정 백팩", "전기 주전자"],
        ["Korean, run together"] = ["무선마우스", "블루투스이어폰", "원목책상", "캠핑랜턴", "고양이모래", "침대프레임", "전기주전자", "자동급식기"],
        ["part of a word"] = ["보드", "프라이어", "이어폰", "스피커", "그라인", "스크래", "캐리", "주전자"],
        ["Korean, a typo"] = ["에어프라이오", "블루투쓰 이어폰", "노이즈 캔슬림", "에스프레쏘 머신", "스크래쳐 고양이"],
        ["English"] = ["keyboard", "wireless mouse", "coffee beans", "leather bag", "headphones", "office chair", "black backpack", "cast iron pot", "planner", "moon lamp"],
        ["English, a typo"] = ["keybord", "wireles mouse", "headfones", "blutooth earphones", "lether bag", "expresso machine"],
        ["nothing to find"] = ["헬리콥터", "submarine", "xylophone"],
    };
}
