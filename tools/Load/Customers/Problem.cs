using System.Text.Json;

namespace Shop.Load.Customers;

public static class Problem
{
    /// <summary>The problem's type says it best: urn:shop:problem:….</summary>
    /// <returns>Empty: the body is no problem.</returns>
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
