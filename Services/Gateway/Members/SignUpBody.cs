using System.ComponentModel.DataAnnotations;
using Shop.Gateway.Input;
using Shop.Members.V1;

namespace Shop.Gateway.Members;

public sealed record SignUpBody(
    [property: MaxLength(254)] string Email,
    [property: StringLength(128, MinimumLength = 10)] string Password,
    [property: StringLength(100, MinimumLength = 1)] string Name,
    [property: AllowedValues("ko", "en")] string Language)
{
    public const string Example = """{ "email": "minji@example.com", "password": "correct-horse-9", "name": "김민지", "language": "ko" }""";

    public static SignUpRequest Read(Fields body)
    {
        var request = new SignUpRequest
        {
            Email = body.Email("email"),
            Password = body.Text("password", 10, 128),
            Name = body.Line("name", 1, 100),
            Language = body.Line("language", 1, 2),
        };
        if (request.Language is not ("" or "ko" or "en"))
            body.Fail("language", "must be ko or en");

        body.Check.ThrowIfAny();
        return request;
    }
}
