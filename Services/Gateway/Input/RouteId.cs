using Shop.ServiceDefaults;

namespace Shop.Gateway.Input;

public static class RouteId
{
    /// <summary>An id in a path, without the spaces that the parser forgives. What is no id is nobody's: not found, like any other that does not exist.</summary>
    public static string Required(string id) =>
        id.Length == 36 && Guid.TryParseExact(id, "D", out var parsed) ? parsed.ToString() : throw new NotFoundException();
}
