using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

public static class ParameterResourceBuilderExtensions
{
    /// <summary>A value that must be configured: <c>Parameters:name</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, [ResourceName] string name, bool secret = false) =>
        builder.Add(name, FromConfiguration(builder, name, $"Parameters:{name}"), secret);

    /// <summary>A value given here.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(valueGetter);
        return publishValueAsDefault && secret
            ? throw new ArgumentException($"Parameter '{name}' is a secret: its value cannot be published as a default.", nameof(publishValueAsDefault))
            : builder.Add(name, _ => valueGetter(), secret);
    }

    /// <summary>The configured value, else the default. With <paramref name="persist"/> the default is remembered in the user secrets.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, ParameterDefault value, bool secret = false, bool persist = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(value);
        var parameter = builder.Add(name, FromConfiguration(builder, name, $"Parameters:{name}"), secret);
        parameter.Resource.Default = persist && builder.ExecutionContext.IsRunMode ? Persisted(builder, name, value) : value;
        return parameter;
    }

    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string configurationKey, bool secret = false) =>
        builder.Add(name, FromConfiguration(builder, name, configurationKey), secret);

    /// <summary>A connection string from configuration: <c>ConnectionStrings:name</c>.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string? environmentVariableName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var read = FromConfiguration(builder, name, $"ConnectionStrings:{name}");
        return builder.AddResource(new ConnectionStringParameterResource(name, read, environmentVariableName))
            .WithInitialState(ParameterStates.Initial("ConnectionString"));
    }

    public static ParameterResource CreateDefaultPasswordParameter(
        IDistributedApplicationBuilder builder,
        string name,
        bool lower = true,
        bool upper = true,
        bool numeric = true,
        bool special = true,
        int minLower = 0,
        int minUpper = 0,
        int minNumeric = 0,
        int minSpecial = 0) =>
        CreateGeneratedParameter(builder, name, secret: true, new GenerateParameterDefault
        {
            Lower = lower,
            Upper = upper,
            Numeric = numeric,
            Special = special,
            MinLower = minLower,
            MinUpper = minUpper,
            MinNumeric = minNumeric,
            MinSpecial = minSpecial,
        });

    /// <summary>A parameter that is not part of the model by itself: a server's own password.</summary>
    public static ParameterResource CreateGeneratedParameter(
        IDistributedApplicationBuilder builder, string name, bool secret, GenerateParameterDefault parameterDefault)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var parameter = new ParameterResource(name, FromConfiguration(builder, name, $"Parameters:{name}"), secret)
        {
            Default = builder.ExecutionContext.IsRunMode ? Persisted(builder, name, parameterDefault) : parameterDefault,
        };
        return parameter;
    }

    public static ParameterResource CreateParameter(IDistributedApplicationBuilder builder, string name, bool secret) =>
        new(name, FromConfiguration(builder, name, $"Parameters:{name}"), secret);

    public static IResourceBuilder<ParameterResource> WithDescription(
        this IResourceBuilder<ParameterResource> builder, string description, bool enableMarkdown = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.Description = description;
        builder.Resource.EnableDescriptionMarkdown = enableMarkdown;
        return builder;
    }

    private static IResourceBuilder<ParameterResource> Add(
        this IDistributedApplicationBuilder builder, string name, Func<ParameterDefault?, string> read, bool secret)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddResource(new ParameterResource(name, read, secret)).WithInitialState(ParameterStates.Initial("Parameter"));
    }

    private static Func<ParameterDefault?, string> FromConfiguration(IDistributedApplicationBuilder builder, string name, string key) =>
        fallback => Configured(builder.Configuration, key)
            ?? fallback?.GetDefaultValue()
            ?? throw new MissingParameterValueException($"Parameter resource could not be used because configuration key '{key}' is missing and the Parameter '{name}' has no default value.");

    /// <summary>A name with hyphens may be written with underscores, as environment variables need it.</summary>
    private static string? Configured(IConfiguration configuration, string key) => configuration[key] ?? configuration[key.Replace('-', '_')];

    private static ParameterDefault Persisted(IDistributedApplicationBuilder builder, string name, ParameterDefault value) =>
        builder is IHasUserSecrets { Secrets: { IsAvailable: true } secrets } ? new PersistedParameterDefault(name, value, secrets) : value;
}
