using Shop.ServiceDefaults.Configuration;

namespace Shop.OrderHistory.Figures;

internal static class FigureExtensions
{
    public static void AddFigures(this IHostApplicationBuilder builder) =>
        builder.AddValidatedOptions<FigureOptions>(FigureOptions.Section);
}
