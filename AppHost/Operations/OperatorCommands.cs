using Microsoft.Extensions.DependencyInjection;

namespace Shop.AppHost.Operations;

/// <summary>The dashboard commands of the gateway: those of <c>./shop</c> that need a running shop.</summary>
internal static class OperatorCommands
{
    private const string CheckName = "consistency-check";
    private const string File = "file";

    public static void AddOperatorCommands(this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> gateway, TokenAuthority tokens)
    {
        if (!builder.ExecutionContext.IsRunMode)
            return;

        var settings = ShopSettings.Of(builder);
        // Started by the command only; its log is the report.
        var check = builder.AddProcess<Projects.Checker>(CheckName)
            .RunsToCompletion()
            .WithExplicitStart()
            .WithArgs("--info", settings.InfoFile)
            .WithParentRelationship(gateway)
            .WithIconName("ClipboardTaskList");

        gateway
            .WithCommand("import-products", "Import products", command => ImportProducts.ExecuteAsync(gateway.GetEndpoint("http"), tokens, settings.InRepository(command.Arguments[File].Value ?? ""), command), new()
            {
                Description = "Adds and changes products from a CSV file (docs/import.md).",
                IconName = "ArrowUpload",
                UpdateState = WhenRunning,
#pragma warning disable ASPIREINTERACTION001 // the only way to ask for a file's name
                Arguments = [new() { Name = File, Label = "CSV file", InputType = InputType.Text, Required = true, Placeholder = "products.csv, relative to the repository, or an absolute path" }],
#pragma warning restore ASPIREINTERACTION001
            })
            .WithCommand("check-consistency", "Check consistency", command => CheckConsistency.ExecuteAsync(check.Resource, command), new()
            {
                Description = "Reads databases, topics and the provider's ledger: finds lost, duplicated and unfinished work (docs/crashes.md).",
                IconName = "ClipboardTaskList",
                UpdateState = WhenRunning,
            });
        if (builder.Resources.OfType<IEmbeddedServer>().Any())
        {
            gateway.WithCommand("restart-clean", "Restart with empty data", command => command.Services.GetRequiredService<CleanRestart>().ExecuteAsync(command.CancellationToken), new()
            {
                Description = "Stops everything, deletes all data and starts again.",
                ConfirmationMessage = "All orders, members and products of this shop will be deleted. Continue?",
                IconName = "ArrowReset",
            });
            builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<CleanRestart>(services, settings));
        }
    }

    private static ResourceCommandState WhenRunning(UpdateCommandStateContext context) =>
        context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;
}
