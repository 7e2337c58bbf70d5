namespace Shop.OrderHistory.Figures;

/// <summary>How much of something happened in a minute. Several rows make a figure: a transaction writes a shard that no other one writes at the same time, so none waits for another.</summary>
internal sealed class MinuteFigure
{
    public required DateTimeOffset Minute { get; init; }

    public required short Shard { get; init; }

    /// <summary>One of <see cref="FigureNames"/>.</summary>
    public required string Name { get; init; }

    public required long Value { get; init; }
}
