using System.ComponentModel.DataAnnotations;
using Shop.Gateway.Input;
using Shop.Members.V1;

namespace Shop.Gateway.Members;

internal sealed record SignInBody([property: MaxLength(254)] string Email, [property: MaxLength(128)] string Password)
{
    public const string Example = """{ "email": "minji@example.com", "password": "correct-horse-9" }""";

    public static SignInRequest Read(Fields body) =>
        new() { Email = body.Text("email"), Password = body.Text("password"), ValidateOnly = body.Check.HasErrors };
}
