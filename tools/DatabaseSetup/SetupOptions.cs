using Microsoft.Extensions.Options;

namespace Shop.DatabaseSetup;

/// <summary>What the composition hands over: <c>Databases:&lt;service&gt;:Server</c> and <c>Databases:&lt;service&gt;:Password</c>.</summary>
internal sealed class SetupOptions
{
    /// <summary>By service: the name of its role and of its database.</summary>
    public Dictionary<string, DatabaseOptions> Databases { get; } = [];

    /// <summary>How long a server may take until it answers.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);
}

internal sealed class DatabaseOptions
{
    /// <summary>The superuser's connection string.</summary>
    public string Server { get; set; } = "";

    /// <summary>Of the service's role.</summary>
    public string Password { get; set; } = "";
}

internal sealed class SetupOptionsValidator : IValidateOptions<SetupOptions>
{
    public ValidateOptionsResult Validate(string? name, SetupOptions options)
    {
        List<string> errors = options.Databases.Count == 0 ? ["Databases is empty: nothing is to be set up."] : [];
        foreach (var (service, database) in options.Databases)
        {
            if (string.IsNullOrWhiteSpace(database.Server))
                errors.Add($"Databases:{service}:Server is missing: the connection string of the server's superuser.");
            if (string.IsNullOrWhiteSpace(database.Password))
                errors.Add($"Databases:{service}:Password is missing: the password of the role {service}.");
        }
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
