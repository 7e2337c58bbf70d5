using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Aspire.Hosting;

/// <summary>The AppHost's user secrets: a file of the developer's, outside the repository.</summary>
internal sealed class UserSecrets
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly Lock _lock = new();
    private readonly string? _path;

    public UserSecrets(Assembly? appHost)
    {
        if (appHost?.GetCustomAttribute<UserSecretsIdAttribute>()?.UserSecretsId is { Length: > 0 } id)
            _path = PathHelper.GetSecretsPathFromSecretsId(id);
    }

    /// <summary>Without an id (<c>&lt;UserSecretsId&gt;</c>) nothing is remembered.</summary>
    public bool IsAvailable => _path is not null;

    public void Set(string key, string value)
    {
        if (_path is null)
            return;
        lock (_lock)
        {
            var secrets = Read(_path);
            secrets[key] = value;
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);

            // Written aside and moved, so that a second AppHost never reads half a file.
            var draft = $"{_path}.{Environment.ProcessId}";
            File.WriteAllText(draft, secrets.ToJsonString(Indented));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Move(draft, _path, overwrite: true);
        }
    }

    /// <summary>The configured value, or a new one that is remembered.</summary>
    public void GetOrSet(ConfigurationManager configuration, string key, Func<string> generate)
    {
        if (!string.IsNullOrEmpty(configuration[key]))
            return;
        var value = generate();
        Set(key, value);
        configuration.AddInMemoryCollection(new Dictionary<string, string?> { [key] = value });
    }

    private static JsonObject Read(string path)
    {
        if (!File.Exists(path))
            return [];
        var nested = JsonNode.Parse(File.ReadAllText(path), documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }) as JsonObject ?? [];
        var flat = new JsonObject();
        Flatten("", nested, flat);
        return flat;
    }

    /// <summary>The file may nest its keys; one form for all keeps a key from being there twice.</summary>
    private static void Flatten(string prefix, JsonObject from, JsonObject to)
    {
        foreach (var (name, value) in from)
        {
            if (value is JsonObject child)
                Flatten($"{prefix}{name}:", child, to);
            else
                to[prefix + name] = value?.DeepClone();
        }
    }
}
