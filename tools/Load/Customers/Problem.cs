using System.Text.Json;

namespace Shop.Load.Customers;

internal static class Problem
{
    /// <summary>The last part of the problem's type, urn:shop:problem:….</summary>
    /// <returns>Empty: the body is not a problem document.</returns>
    public static string KindOf(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body).RootElement.TryGetProperty("type", out var type) ? type.GetString()!.Split(':')[^1] : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
