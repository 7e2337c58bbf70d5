namespace Shop.Catalog.Images;

/// <summary>The colours of a picture: a background that runs from one tint to another, and four for the drawing.</summary>
internal sealed record Palette(string From, string To, string Main, string Ink, string Light, string Accent)
{
    private static readonly Palette[] All =
    [
        new("#e8f1fb", "#c9def5", "#4a7fc1", "#22436e", "#f4f9ff", "#ffb547"),
        new("#fdeee6", "#f8d3bf", "#e0764a", "#7a3319", "#fff6f0", "#3f9c96"),
        new("#e9f6ee", "#c6e8d3", "#4fa573", "#1f5638", "#f3fcf6", "#f2a65a"),
        new("#f3ecfb", "#dccbf3", "#8a63c4", "#45277a", "#fbf7ff", "#f7c948"),
        new("#fdf5dd", "#f6e3a6", "#d9a520", "#6d4d06", "#fffcf0", "#d1495b"),
        new("#fbe9ee", "#f4c6d3", "#d1597d", "#712440", "#fff5f8", "#5aa9a3"),
        new("#e6f6f7", "#bfe5e8", "#3d9aa3", "#164f57", "#f1fcfd", "#f58a65"),
        new("#f0ede8", "#d9d1c4", "#8c7a5e", "#43382a", "#fbf9f5", "#6a994e"),
        new("#eceef5", "#ccd1e6", "#5b679f", "#2a315c", "#f7f8fd", "#ef798a"),
        new("#eef6e2", "#d5e8b5", "#7fa83c", "#3f5a14", "#fafdf3", "#e76f51"),
    ];

    /// <summary>The palette of a number: any number is valid and always has the same palette.</summary>
    public static Palette Number(int number) => All[(int)((uint)number % All.Length)];
}
