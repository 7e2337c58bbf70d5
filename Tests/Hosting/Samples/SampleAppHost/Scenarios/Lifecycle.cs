namespace Shop.SampleAppHost.Scenarios;

/// <summary>Programs to be killed, stopped, started and commanded.</summary>
internal static class Lifecycle
{
    public static void Describe(IDistributedApplicationBuilder builder)
    {
        builder.AddProject<Projects.SampleProgram>("twins", launchProfileName: null)
            .WithHttpEndpoint(name: "http")
            .WithReplicas(2)
            .WithHttpHealthCheck("/health", endpointName: "http");
        builder.AddProject<Projects.SampleProgram>("single", launchProfileName: null)
            .WithHttpEndpoint(name: "http")
            .WithHttpHealthCheck("/health", endpointName: "http")
            .WithCommand("greet", "Greet", context => Task.FromResult(new ExecuteCommandResult { Success = context.ResourceName.StartsWith("single", StringComparison.Ordinal) }));
    }
}
