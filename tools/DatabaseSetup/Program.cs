using Microsoft.Extensions.Options;
using Shop.DatabaseSetup;

// Creates every service's role and database, then ends: 0 when all are there, 1 when not. Services start after it, and migrate their own tables.
var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<IValidateOptions<SetupOptions>, SetupOptionsValidator>();
builder.Services.AddOptions<SetupOptions>().Bind(builder.Configuration).ValidateOnStart();
builder.Services.AddHostedService<SetupWorker>();

// Until the worker has finished.
Environment.ExitCode = 1;
try
{
    await builder.Build().RunAsync();
}
catch (OptionsValidationException failure)
{
    Console.Error.WriteLine($"database-setup: {string.Join(" ", failure.Failures)}");
}
