using Microsoft.Extensions.Options;
using Shop.OrderHistory.Figures;
using Shop.OrderHistory.Orders;
using Shop.OrderHistory.Projection;
using Shop.OrderHistory.Rebuilds;
using Shop.Persistence;
using Shop.Persistence.Workers;

namespace Shop.OrderHistory;

internal static class Features
{
    public static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddScoped<OrderRows>()
        .AddScoped<FigureWriter>()
        .AddScoped<GetOrder>()
        .AddScoped<ListOrders>()
        .AddScoped<FindOrders>()
        .AddScoped<FindOrder>()
        .AddScoped<GetFigures>()
        .AddScoped<StartRebuild>()
        .AddScoped<GetRebuild>()
        .AddScoped<CancelRebuild>()
        .AddSingleton<RebuildMetrics>()
        .AddSingleton<RunRebuild>()
        .AddWorker<RebuildWorker>()
        .AddPurge(provider => new("minute_figures", "minute < now() - $1", Options(provider).MinutesRetention))
        .AddPurge(provider => new("day_figures", "day < (now() - $1)::date", Options(provider).DaysRetention));

    private static FigureOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<FigureOptions>>().Value;
}
