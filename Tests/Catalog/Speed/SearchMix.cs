using Shop.Catalog.V1;

namespace Shop.Catalog.Tests.Speed;

/// <summary>A mix of queries in estimated shares: mostly one or two words, some misspelt, some within a category or in another order.</summary>
internal static class SearchMix
{
    private static readonly string[] Queries =
    [
        "키보드", "무선 마우스", "블루투스 이어폰", "의자", "원목 책상", "텐트", "캠핑 랜턴", "에어프라이어", "원두", "만년필", "고양이 모래", "크로스백", "헤드폰", "무선 기계식 키보드",
        "무선키보드", "에어프라이오", "블루투쓰이어폰", "침대 프레임", "강아지", "보드", "선물", "방수", "검정 백팩", "LED 스탠드", "사운드바",
        "keyboard", "wireless mouse", "coffee", "leather bag", "headphones", "keybord", "wireles earphones", "tent", "office chair", "lamp", "black backpack", "co",
    ];

    public static ListProductsRequest Any(Random random)
    {
        var request = new ListProductsRequest { Query = Queries[random.Next(Queries.Length)], Language = random.Next(4) == 0 ? Language.En : Language.Ko };
        if (random.Next(10) == 0)
            request.Sort = ProductSort.Price;
        if (random.Next(10) == 0)
            request.CategoryId = "camping";
        return request;
    }
}
