using System.ComponentModel.DataAnnotations;
using Shop.Gateway.Input;
using Shop.Members.V1;

namespace Shop.Gateway.Members;

public sealed record SignInBody([property: MaxLength(254)] string Email, [property: MaxLength(128)] string Password)
{
    public const string Example = """{ "email": "minji@example.com", "password": "correct-horse-9" }""";

    /// <summary>Only lengths are checked: what could be nobody's address or password is a wrong one.</summary>
    public static SignInRequest Read(Fields body)
    {
        var request = new SignInRequest { Email = body.Line("email", 1, 254), Password = body.Text("password", 1, 128) };
        body.Check.ThrowIfAny();
        return request;
    }
}
