namespace Shop.SampleAppHost.Scenarios;

/// <summary>A frontend that refers to everything one can refer to.</summary>
internal static class References
{
    public static void Describe(IDistributedApplicationBuilder builder)
    {
        var greeting = builder.AddParameter("greeting", "hello");
        var password = builder.AddParameter("password", new GenerateParameterDefault { MinLength = 24, Special = false }, secret: true);
        var configured = builder.AddParameter("configured");
        var elsewhere = builder.AddConnectionString("elsewhere");

        var backend = builder.AddProject<Projects.SampleProgram>("backend", launchProfileName: null)
            .WithHttpEndpoint(name: "http")
            .WithHttpEndpoint(name: "grpc", env: "GRPC_PORT")
            .WithReplicas(2)
            .WithHttpHealthCheck("/health", endpointName: "http");
        var server = builder.AddSampleServer("server", password);
        var database = server.AddDatabase("data-base");

        builder.AddProject<Projects.SampleProgram>("front-end", launchProfileName: null)
            .WithHttpEndpoint(name: "http", isProxied: false)
            .WithHttpHealthCheck("/health", endpointName: "http")
            .WithReference(backend)
            .WithReference(database)
            .WithReference(database, connectionName: "other")
            .WithReference(elsewhere)
            .WithEnvironment("TEXT", "plain {text}")
            .WithEnvironment("GREETING", greeting)
            .WithEnvironment("CONFIGURED", configured)
            .WithEnvironment("SENTENCE", ReferenceExpression.Create($"{greeting}, {backend.GetEndpoint("grpc").Property(EndpointProperty.Port)}"))
            .WithEnvironment("BACKEND", backend.GetEndpoint("http"))
            .WithEnvironment(context => context.EnvironmentVariables["FROM_CALLBACK"] = password.Resource)
            .WithArgs("--first", "second value")
            .WithArgs(context => context.Args.Add(backend.GetEndpoint("http")))
            .WithUrlForEndpoint("http", url => url.DisplayText = "The front")
            .WithExternalHttpEndpoints()
            .WaitFor(backend)
            .WaitFor(database);
    }
}
