namespace Shop.AppHost.Infrastructure;

/// <summary><c>--fresh</c>: deletes the data of earlier runs after all checks have passed and before any resource starts.</summary>
internal static class FreshStart
{
    public static void EmptyWhenFresh(this IDistributedApplicationBuilder builder)
    {
        var settings = ShopSettings.Of(builder);
        if (!settings.Fresh || builder.ExecutionContext.IsPublishMode)
            return;

        settings.Fresh = false;   // once
        builder.Eventing.Subscribe<BeforeStartEvent>((_, _) =>
        {
            if (DataFolder.RunningServer(settings) is { } pid)
                throw new SetupException($"{settings.Data} is in use by a running server (process {pid}); stop that first.");

            DataFolder.Empty(settings);
            return Task.CompletedTask;
        });
    }
}
