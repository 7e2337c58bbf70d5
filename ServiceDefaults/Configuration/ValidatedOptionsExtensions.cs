using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Configuration;

namespace Shop.ServiceDefaults.Configuration;

/// <summary>Registration of validated options.</summary>
public static class ValidatedOptionsExtensions
{
    /// <summary>
    /// Options bound to a configuration section and validated at start, by data annotations, and by <see cref="System.ComponentModel.DataAnnotations.IValidatableObject"/>
    /// for rules over several values. With invalid options the start fails with an <see cref="OptionsValidationException"/> that names the section.
    /// </summary>
    public static OptionsBuilder<T> AddValidatedOptions<T>(this IHostApplicationBuilder builder, string section) where T : class
    {
        builder.Services.AddSingleton<IValidateOptions<T>>(new AnnotationsValidator<T>(Options.DefaultName, section));

        return builder.Services.AddOptions<T>().BindConfiguration(section).ValidateOnStart();
    }
}
