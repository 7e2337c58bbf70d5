using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Configuration;

namespace Shop.Inventory.Grouping;

internal static class GroupingExtensions
{
    public static void AddGrouping(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<GroupOptions>(GroupOptions.Section);
        builder.Services.AddSingleton<GroupMetrics>();
        builder.Services.AddSingleton(typeof(GroupCommit<>));
    }
}
