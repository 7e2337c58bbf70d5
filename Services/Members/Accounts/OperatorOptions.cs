using System.ComponentModel.DataAnnotations;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Validation;

namespace Shop.Members.Accounts;

/// <summary>The one account with access to the operators' endpoints. Section <c>Operator</c>; without it there is no operator.</summary>
internal sealed class OperatorOptions : IValidatableObject
{
    public const string Section = "Operator";

    public string Email { get; set; } = "";

    public string Password { get; set; } = "";

    public bool IsGiven => Email.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var check = new Check();
        check.Email(nameof(Email), Email);
        if (Email.Length > 0 && check.HasErrors)
            yield return new("must be an email address", [nameof(Email)]);

        if ((Email.Length > 0 || Password.Length > 0) && Password.Length is < 10 or > 128)
            yield return new("must have 10 to 128 characters", [nameof(Password)]);

        if (Email.Length == 0 && Password.Length > 0)
            yield return new("is missing, though a password is given", [nameof(Email)]);
    }
}
