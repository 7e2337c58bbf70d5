using System.Text.Json;
using System.Text.Json.Serialization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A project's <c>Properties/launchSettings.json</c>.</summary>
public sealed class LaunchSettings
{
    private static readonly JsonSerializerOptions Options = new()
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        PropertyNameCaseInsensitive = true,
    };

    [JsonPropertyName("profiles")]
    public Dictionary<string, LaunchProfile> Profiles { get; set; } = [];

    /// <summary>Null where the project has none.</summary>
    internal static LaunchSettings? Read(string projectFolder)
    {
        var path = Path.Combine(projectFolder, "Properties", "launchSettings.json");
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize<LaunchSettings>(File.ReadAllText(path), Options);
        }
        catch (JsonException e)
        {
            throw new DistributedApplicationException($"The launch settings {path} are not valid JSON: {e.Message}", e);
        }
    }
}

public sealed class LaunchProfile
{
    [JsonPropertyName("commandName")]
    public string? CommandName { get; set; }

    [JsonPropertyName("commandLineArgs")]
    public string? CommandLineArgs { get; set; }

    [JsonPropertyName("applicationUrl")]
    public string? ApplicationUrl { get; set; }

    [JsonPropertyName("launchUrl")]
    public string? LaunchUrl { get; set; }

    [JsonPropertyName("launchBrowser")]
    public bool? LaunchBrowser { get; set; }

    [JsonPropertyName("dotnetRunMessages")]
    public bool? DotnetRunMessages { get; set; }

    [JsonPropertyName("environmentVariables")]
    public Dictionary<string, string> EnvironmentVariables { get; set; } = [];
}

internal static class LaunchProfiles
{
    /// <summary>The profile that a project is started with, if any.</summary>
    public static (string Name, LaunchProfile Profile)? Of(IProjectMetadata project, ProjectResourceOptions options, string? appHostProfile)
    {
        if (options.ExcludeLaunchProfile)
            return null;
        var settings = project.LaunchSettings ?? LaunchSettings.Read(Path.GetDirectoryName(project.ProjectPath)!);
        var profiles = (settings?.Profiles ?? []).Where(p => p.Value.CommandName == "Project").ToArray();
        if (options.LaunchProfileName is { } wanted)
        {
            var named = profiles.FirstOrDefault(p => p.Key == wanted);
            return named.Value is not null
                ? (named.Key, named.Value)
                : throw new DistributedApplicationException($"Launch profile '{wanted}' not found in the launch settings of {project.ProjectPath}.");
        }

        var chosen = profiles.FirstOrDefault(p => p.Key == appHostProfile);
        chosen = chosen.Value is null ? profiles.FirstOrDefault() : chosen;
        return chosen.Value is null ? null : (chosen.Key, chosen.Value);
    }
}
