using Microsoft.AspNetCore.WebUtilities;

namespace Shop.Console.Layout;

/// <summary>Addresses of lists: filter and page are in them, so that a view can be shared.</summary>
internal static class ListAddress
{
    /// <summary>The path with those parameters that have a value.</summary>
    public static string Of(string path, params (string Name, string? Value)[] parameters) =>
        QueryHelpers.AddQueryString(path, parameters.Where(parameter => !string.IsNullOrEmpty(parameter.Value)).Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value)));
}
