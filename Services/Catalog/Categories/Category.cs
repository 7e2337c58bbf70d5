namespace Shop.Catalog.Categories;

/// <summary>A category of products. There are few, and they change with the shop's design, so the migrations contain them.</summary>
internal sealed class Category
{
    public required string Id { get; init; }

    public required string NameKo { get; init; }

    public required string NameEn { get; init; }

    /// <summary>Its position in the list.</summary>
    public required int Position { get; init; }

    public static readonly IReadOnlyList<Category> All =
    [
        new() { Id = "keyboards", NameKo = "키보드", NameEn = "Keyboards", Position = 1 },
        new() { Id = "audio", NameKo = "오디오", NameEn = "Audio", Position = 2 },
        new() { Id = "kitchen", NameKo = "주방용품", NameEn = "Kitchen", Position = 3 },
        new() { Id = "furniture", NameKo = "가구", NameEn = "Furniture", Position = 4 },
        new() { Id = "lighting", NameKo = "조명", NameEn = "Lighting", Position = 5 },
        new() { Id = "camping", NameKo = "캠핑", NameEn = "Camping", Position = 6 },
        new() { Id = "bags", NameKo = "가방", NameEn = "Bags", Position = 7 },
        new() { Id = "stationery", NameKo = "문구", NameEn = "Stationery", Position = 8 },
        new() { Id = "coffee", NameKo = "커피·차", NameEn = "Coffee & tea", Position = 9 },
        new() { Id = "pets", NameKo = "반려동물", NameEn = "Pets", Position = 10 },
    ];
}
