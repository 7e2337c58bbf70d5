using System.ComponentModel.DataAnnotations;
using Shop.Gateway.Input;
using Shop.Members.V1;

namespace Shop.Gateway.Members;

internal sealed record SignUpBody(
    [property: MaxLength(254)] string Email,
    [property: StringLength(128, MinimumLength = 10)] string Password,
    [property: StringLength(100, MinimumLength = 1)] string Name,
    [property: AllowedValues("ko", "en")] string Language)
{
    public const string Example = """{ "email": "minji@example.com", "password": "correct-horse-9", "name": "김민지", "language": "ko" }""";

    public static SignUpRequest Read(Fields body) => new()
    {
        Email = body.Text("email"),
        Password = body.Text("password"),
        Name = body.Text("name"),
        Language = body.Text("language"),
        ValidateOnly = body.Check.HasErrors,
    };
}
