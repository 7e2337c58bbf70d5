// A program that tells what it was given, and does what a test asks of it.
using System.Diagnostics;

var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
var name = app.Configuration["OTEL_SERVICE_NAME"] ?? "sample";

// Where a test looks for who runs, and for who went first.
if (app.Configuration["PidFolder"] is { } pids)
    File.WriteAllText(Path.Combine(pids, $"{name}-{Environment.ProcessId}"), Environment.ProcessId.ToString());
if (app.Configuration["EndFile"] is { } ends)
    app.Lifetime.ApplicationStopped.Register(() => File.AppendAllText(ends, name + Environment.NewLine));

// Healthy once the file is there; without a file, always.
app.MapGet("/health", (IConfiguration settings) =>
    settings["HealthFile"] is not { } file || File.Exists(file) ? Results.Ok() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
app.MapGet("/pid", () => Environment.ProcessId);
app.MapGet("/env/{variable}", (string variable) => Environment.GetEnvironmentVariable(variable) ?? "");
app.MapGet("/args", () => args);
app.MapPost("/say/{word}", (string word) =>
{
    Console.WriteLine($"said {word}");
    Console.Error.WriteLine($"complained {word}");
});
app.MapPost("/die", () => Process.GetCurrentProcess().Kill());

app.Run();
