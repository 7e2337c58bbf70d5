namespace Aspire.Hosting.ApplicationModel;

/// <summary>Marks a parameter that must be a valid resource name. For analyzers; the check itself is <see cref="ResourceNames.Validate"/>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ResourceNameAttribute : Attribute;

/// <summary>Marks a parameter that must be a valid endpoint name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EndpointNameAttribute : Attribute;

internal static class ResourceNames
{
    private const int MaxLength = 64;

    /// <summary>Names become DNS labels, environment variables and orchestrator objects, hence the narrow alphabet.</summary>
    public static void Validate(string kind, string name)
    {
        var problem = name switch
        {
            _ when name.Length is 0 or > MaxLength => $"must be between 1 and {MaxLength} characters long",
            _ when !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') => "must contain only ASCII letters, digits, and hyphens",
            _ when !char.IsAsciiLetter(name[0]) => "must start with an ASCII letter",
            _ when name.EndsWith('-') => "must not end with a hyphen",
            _ when name.Contains("--", StringComparison.Ordinal) => "must not contain consecutive hyphens",
            _ => null,
        };
        if (problem is not null)
            throw new ArgumentException($"{kind} name '{name}' is invalid: it {problem}.", nameof(name));
    }
}
