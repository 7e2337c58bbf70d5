namespace Shop.Design.Languages;

/// <summary>A language of the pages, and its prefix in addresses: <c>/ko/basket</c>.</summary>
internal sealed record Language(string Code, string Name, string OpenGraph)
{
    public static Language Korean { get; } = new("ko", "한국어", "ko_KR");

    public static Language English { get; } = new("en", "English", "en_US");

    public static IReadOnlyList<Language> All { get; } = [Korean, English];

    public Language Other => this == Korean ? English : Korean;

    public static Language? Find(string? code) => All.FirstOrDefault(language => language.Code == code);
}
