using System.ComponentModel.DataAnnotations;
using Shop.Gateway.Input;
using Shop.Members.V1;

namespace Shop.Gateway.Members;

internal sealed record RefreshBody([property: MaxLength(200)] string RefreshToken)
{
    public const string Example = """{ "refreshToken": "the refreshToken of the session" }""";

    public static RefreshRequest Read(Fields body)
    {
        var request = new RefreshRequest { RefreshToken = body.Text("refreshToken") };
        body.Check.ThrowIfAny();
        return request;
    }
}
