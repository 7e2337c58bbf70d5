using System.Globalization;

namespace Shop.SampleAppHost.Scenarios;

/// <summary>What the orchestrator would wait for without a word.</summary>
internal static class Refused
{
    public static void Describe(IDistributedApplicationBuilder builder)
    {
        if (builder.Configuration["TakenPort"] is { } port)
            builder.AddExecutable("wanting", "sleep", ".", "600").WithHttpEndpoint(port: int.Parse(port, CultureInfo.InvariantCulture), isProxied: false);
        else
            builder.AddContainer("boxed", "some/image");
    }
}
