using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop.Design.Pages;

/// <summary>Answers of page handlers.</summary>
internal static class View
{
    /// <summary>A page whose parameter <c>Model</c> is <paramref name="model"/>.</summary>
    public static RazorComponentResult<TPage> Of<TPage>(object model, int status = StatusCodes.Status200OK) where TPage : IComponent =>
        new(new Dictionary<string, object?> { ["Model"] = model }) { StatusCode = status, PreventStreamingRendering = true };

    /// <summary>A page without data.</summary>
    public static RazorComponentResult<TPage> Of<TPage>() where TPage : IComponent => new() { PreventStreamingRendering = true };
}
