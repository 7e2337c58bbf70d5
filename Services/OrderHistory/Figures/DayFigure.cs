namespace Shop.OrderHistory.Figures;

/// <summary>As <see cref="MinuteFigure"/>, of a day of UTC.</summary>
internal sealed class DayFigure
{
    public required DateOnly Day { get; init; }

    public required short Shard { get; init; }

    /// <summary>One of <see cref="FigureNames"/>.</summary>
    public required string Name { get; init; }

    public required long Value { get; init; }
}
