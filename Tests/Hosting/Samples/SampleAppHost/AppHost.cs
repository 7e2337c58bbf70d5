// The AppHost of the tests: each scenario describes the model that a group of tests is about.
using Shop.SampleAppHost.Scenarios;

// A test that starts this program by itself has no use for a dashboard.
var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
{
    Args = args,
    DisableDashboard = args.Contains("--no-dashboard=true"),
});

switch (builder.Configuration["scenario"])
{
    case "references":
        References.Describe(builder);
        break;
    case "waiting":
        Waiting.Describe(builder);
        break;
    case "layers":
        Layers.Describe(builder);
        break;
    case "lifecycle":
        Lifecycle.Describe(builder);
        break;
    case "refused":
        Refused.Describe(builder);
        break;
    case var unknown:
        throw new InvalidOperationException($"There is no scenario '{unknown}'.");
}

builder.Build().Run();
