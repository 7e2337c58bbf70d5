namespace Shop.SampleAppHost.Scenarios;

/// <summary>Somebody waits for health, somebody for an end, somebody for a command, and one cannot start at all.</summary>
internal static class Waiting
{
    public static void Describe(IDistributedApplicationBuilder builder)
    {
        var slow = builder.AddProject<Projects.SampleProgram>("slow", launchProfileName: null)
            .WithHttpEndpoint(name: "http")
            .WithEnvironment("HealthFile", builder.Configuration["HealthFile"])
            .WithHttpHealthCheck("/health", endpointName: "http");
        builder.AddProject<Projects.SampleProgram>("patient", launchProfileName: null).WithHttpEndpoint(name: "http").WaitFor(slow);
        builder.AddProject<Projects.SampleProgram>("hasty", launchProfileName: null).WithHttpEndpoint(name: "http").WaitForStart(slow);

        var once = builder.AddExecutable("once", "true", ".");
        builder.AddProject<Projects.SampleProgram>("after-once", launchProfileName: null).WithHttpEndpoint(name: "http").WaitForCompletion(once);

        builder.AddProject<Projects.SampleProgram>("on-demand", launchProfileName: null).WithHttpEndpoint(name: "http").WithExplicitStart();
        builder.AddExecutable("broken", "/there/is/no/such/program", ".");
        builder.AddExecutable("needy", "sleep", ".", "600").WithEnvironment("VALUE", builder.AddParameter("not-configured"));
    }
}
