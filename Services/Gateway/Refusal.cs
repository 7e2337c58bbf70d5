using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Shop.Gateway;

/// <summary>A problem with more to say than the services' errors have room for: another status, or a value that a program reads.</summary>
internal static class Refusal
{
    public static ProblemHttpResult Of(int status, string reason, string detail, params (string Name, object Value)[] more)
    {
        var problem = new ProblemDetails { Status = status, Type = $"urn:shop:problem:{reason}", Detail = detail, Extensions = { ["reason"] = reason } };
        foreach (var (name, value) in more)
            problem.Extensions[name] = value;

        return TypedResults.Problem(problem);
    }
}
