using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Shop.Gateway.Input;

internal static class GivenTwice
{
    /// <summary>
    /// At any depth, in fields that nobody reads, too: which of two prices or addresses is meant, nobody can say.
    /// The parser's own option for it (AllowDuplicateProperties) throws at a name that is half a surrogate pair, which is nobody's field and no fault.
    /// </summary>
    public static bool GivesAFieldTwice(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => HasOneTwice(element) || element.EnumerateObject().Any(field => field.Value.GivesAFieldTwice()),
        JsonValueKind.Array => element.EnumerateArray().Any(GivesAFieldTwice),
        _ => false,
    };

    private static bool HasOneTwice(JsonElement element)
    {
        var names = new HashSet<string>();
        return element.EnumerateObject().Any(field => !names.Add(NameOf(field)));
    }

    private static string NameOf(JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: compared as it is written.
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(field));
        }
    }
}
