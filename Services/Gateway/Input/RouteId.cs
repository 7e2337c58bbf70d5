using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Gateway.Input;

internal static class RouteId
{
    /// <summary>An id in a path, in the one form that ids have. What is no id is nobody's: not found, like any other that does not exist.</summary>
    public static string Required(string id) => Check.Uuid(id)?.ToString() ?? throw new NotFoundException();
}
