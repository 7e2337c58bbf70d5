using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Shop.ServiceDefaults.Configuration;

/// <summary>Validates one (named) options object; its messages name the configuration section.</summary>
internal sealed class AnnotationsValidator<T>(string name, string section) : IValidateOptions<T> where T : class
{
    public ValidateOptionsResult Validate(string? optionsName, T options)
    {
        if (optionsName != name)
            return ValidateOptionsResult.Skip;

        var failures = new List<ValidationResult>();
        if (Validator.TryValidateObject(options, new ValidationContext(options), failures, validateAllProperties: true))
            return ValidateOptionsResult.Success;

        return ValidateOptionsResult.Fail(failures.Select(failure =>
            $"The configuration section '{section}' cannot be used: {string.Join(", ", failure.MemberNames)}: {failure.ErrorMessage}"));
    }
}
