using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Configuration;

namespace Shop.ServiceDefaults.Callees;

internal sealed class CalleeValidator(string name, Type client, IOptions<AccessOptions> self) : IValidateOptions<CalleeOptions>
{
    private readonly AnnotationsValidator<CalleeOptions> _annotations = new(name, $"Callees:{name}");

    public ValidateOptionsResult Validate(string? optionsName, CalleeOptions options)
    {
        if (optionsName != name)
            return ValidateOptionsResult.Skip;

        var annotations = _annotations.Validate(optionsName, options);
        var failures = (annotations.Failures ?? []).ToList();

        foreach (var method in options.IdempotentMethods.Union(options.ReadMethods).Except(CalleeContract.Methods(client)))
            failures.Add($"The callee '{name}' has no method '{method}' that could be idempotent or a read.");
        foreach (var method in options.IdempotentMethods.Intersect(options.ReadMethods))
            failures.Add($"The method '{method}' of the callee '{name}' is declared as idempotent and as a read: a read is idempotent anyway.");
        if (!options.Anonymous && string.IsNullOrEmpty(self.Value.ClientSecret))
            failures.Add($"The callee '{name}' is called with a service token; Tokens:ClientSecret is missing.");

        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }
}
