using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Configuration;

namespace Shop.GrpcClients.Connections;

internal sealed class GrpcClientValidator(string name, Type client, IOptions<AccessOptions> self) : IValidateOptions<GrpcClientOptions>
{
    private readonly AnnotationsValidator<GrpcClientOptions> _annotations = new(name, $"GrpcClients:{name}");

    public ValidateOptionsResult Validate(string? optionsName, GrpcClientOptions options)
    {
        if (optionsName != name)
            return ValidateOptionsResult.Skip;

        var annotations = _annotations.Validate(optionsName, options);
        var failures = (annotations.Failures ?? []).ToList();

        foreach (var method in options.IdempotentMethods.Union(options.ReadMethods).Except(UpstreamContract.Methods(client)))
            failures.Add($"The upstream '{name}' has no method '{method}' that could be idempotent or a read.");
        foreach (var method in options.IdempotentMethods.Intersect(options.ReadMethods))
            failures.Add($"The method '{method}' of the upstream '{name}' is declared as idempotent and as a read: a read is idempotent anyway.");
        if (!options.Anonymous && string.IsNullOrEmpty(self.Value.ClientSecret))
            failures.Add($"The upstream '{name}' is called with a service token; Tokens:ClientSecret is missing.");

        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }
}
