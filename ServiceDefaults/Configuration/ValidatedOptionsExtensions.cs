using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Configuration;

namespace Shop.ServiceDefaults;

public static class ValidatedOptionsExtensions
{
    /// <summary>
    /// Options bound from a section of the configuration and checked when the process starts: data annotations, and
    /// <see cref="System.ComponentModel.DataAnnotations.IValidatableObject"/> for rules over several values.
    /// A process with unusable options does not start, and says which section is to blame.
    /// </summary>
    public static OptionsBuilder<T> AddValidatedOptions<T>(this IHostApplicationBuilder builder, string section) where T : class
    {
        builder.Services.AddSingleton<IValidateOptions<T>>(new AnnotationsValidator<T>(Options.DefaultName, section));

        return builder.Services.AddOptions<T>().BindConfiguration(section).ValidateOnStart();
    }
}
