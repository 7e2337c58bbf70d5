using System.Text.Json;

namespace Shop.Checker;

/// <summary>The part of the document of <c>./shop info</c> that a check needs.</summary>
/// <param name="Databases">Connection strings by service.</param>
public sealed record ShopDocument(string PaymentProvider, string KafkaBootstrap, IReadOnlyDictionary<string, string> Databases)
{
    public static ShopDocument Parse(string json)
    {
        try
        {
            var root = JsonDocument.Parse(json).RootElement;
            return new(
                root.GetProperty("paymentProvider").GetString()!,
                root.GetProperty("kafka").GetProperty("bootstrap").GetString()!,
                root.GetProperty("services").EnumerateObject()
                    .Where(service => service.Value.TryGetProperty("database", out _))
                    .ToDictionary(service => service.Name, service => service.Value.GetProperty("database").GetString()!));
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new CannotCheckException("This is not the document of ./shop info.", failure);
        }
    }

    public string DatabaseOf(string service) =>
        Databases.GetValueOrDefault(service) ?? throw new CannotCheckException($"The document of ./shop info has no database of {service}.");
}
