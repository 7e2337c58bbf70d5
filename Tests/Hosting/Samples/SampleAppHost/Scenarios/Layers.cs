namespace Shop.SampleAppHost.Scenarios;

/// <summary>Four layers, each waiting for the one below, and a circle of references between two of them.</summary>
internal static class Layers
{
    public static void Describe(IDistributedApplicationBuilder builder)
    {
        var ground = builder.AddLayer("ground");
        var middle = builder.AddLayer("middle").WaitFor(ground).WithReference(ground);
        var upper = builder.AddLayer("upper").WaitFor(middle).WithReference(middle);
        middle.WithReference(upper.GetEndpoint("http"));
        builder.AddLayer("roof").WaitFor(upper).WithReference(upper).WithReference(ground);
    }

    private static IResourceBuilder<ProjectResource> AddLayer(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddProject<Projects.SampleProgram>(name, launchProfileName: null)
            .WithHttpEndpoint(name: "http")
            .WithHttpHealthCheck("/health", endpointName: "http")
            .WithEnvironment("PidFolder", builder.Configuration["PidFolder"])
            .WithEnvironment("EndFile", builder.Configuration["EndFile"]);
}
