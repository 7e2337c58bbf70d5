using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Gateway.Input;

/// <summary>
/// Reads a request's body as a JSON object, without a type to fit it into: what is in it is judged field by field (<see cref="Fields"/>),
/// so that one answer names all mistakes. The endpoint calls it itself, so that a caller without the right is refused before the body is read.
/// </summary>
internal static class JsonBody
{
    public const int MaxBytes = 64 * 1024;

    // Our own bodies are three deep; the rest is for fields that we ignore.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32 };

    /// <exception cref="BadHttpRequestException">Not JSON, or compressed (415), or too large (413).</exception>
    /// <exception cref="InvalidException">Broken (400).</exception>
    public static async Task<Fields> ReadAsync(HttpRequest request, CancellationToken cancel) => Read(request, await ReadBytesAsync(request, cancel));

    /// <summary>As <see cref="ReadAsync"/>; a request without a body is an empty object.</summary>
    public static async Task<Fields> ReadOptionalAsync(HttpRequest request, CancellationToken cancel) =>
        await ReadBytesAsync(request, cancel) is { Length: > 0 } bytes ? Read(request, bytes) : new(Parse("{}"u8.ToArray()));

    private static Fields Read(HttpRequest request, byte[] bytes)
    {
        if (request.Headers.ContentEncoding is { Count: > 0 } coding && !coding.All(word => "identity".Equals(word, StringComparison.OrdinalIgnoreCase)))
            throw new BadHttpRequestException("The body must not be compressed.", StatusCodes.Status415UnsupportedMediaType);
        if (!IsJson(request) && (bytes.Length > 0 || request.ContentType is not null))
            throw new BadHttpRequestException("The body must be application/json in UTF-8.", StatusCodes.Status415UnsupportedMediaType);

        return new(Parse(bytes));
    }

    public static async Task<byte[]> ReadBytesAsync(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentLength > MaxBytes)
            throw TooLarge();

        var body = new ArrayBufferWriter<byte>(4096);
        int read;
        while ((read = await request.Body.ReadAsync(body.GetMemory(4096), cancel)) > 0)
        {
            body.Advance(read);
            if (body.WrittenCount > MaxBytes)
                throw TooLarge();
        }

        return body.WrittenSpan.ToArray();
    }

    private static JsonElement Parse(byte[] bytes)
    {
        if (bytes.Length == 0)
            throw new InvalidException("The body is empty; a JSON object is needed.");
        if (!Utf8.IsValid(bytes))
            throw new InvalidException("The body is not UTF-8.");

        try
        {
            using var document = JsonDocument.Parse(bytes, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new InvalidException("The body must be a JSON object.");
            if (document.RootElement.GivesAFieldTwice())
                throw new InvalidException("The body gives a field twice.");

            return document.RootElement.Clone();
        }
        catch (JsonException failure)
        {
            throw new InvalidException("The body is not valid JSON.", failure);
        }
    }

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (type.Type.Equals("application", StringComparison.OrdinalIgnoreCase) && type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)))
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static BadHttpRequestException TooLarge() => new($"The body is larger than {MaxBytes} bytes.", StatusCodes.Status413PayloadTooLarge);
}
