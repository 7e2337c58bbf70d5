using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Shop.Design.Languages;

/// <summary>
/// The texts of all pages, from <c>Texts/{language}.json</c> of this library and of the program. Not resource files: the processes run without cultures
/// (InvariantGlobalization), and satellite assemblies are found by culture.
/// </summary>
internal sealed partial class Texts(IReadOnlyDictionary<string, FrozenDictionary<string, string>> byLanguage, ILogger<Texts> logger)
{
    public static Texts Load(ILogger<Texts> logger, params Assembly[] assemblies) => new(
        Language.All.ToDictionary(language => language.Code, language => Read(assemblies, language).ToFrozenDictionary(StringComparer.Ordinal)), logger);

    /// <summary>The keys of a language, for the test that both have the same.</summary>
    public IEnumerable<string> Keys(Language language) => byLanguage[language.Code].Keys;

    /// <summary>The text; a key without one is shown as it is, and logged.</summary>
    public string Of(Language language, string key)
    {
        if (byLanguage[language.Code].TryGetValue(key, out var text))
            return text;

        LogMissing(key, language.Code);
        return key;
    }

    public bool Has(string key) => byLanguage[Language.Korean.Code].ContainsKey(key);

    private static IEnumerable<KeyValuePair<string, string>> Read(Assembly[] assemblies, Language language) =>
        from assembly in assemblies.Append(typeof(Texts).Assembly).Distinct()
        let stream = assembly.GetManifestResourceStream($"texts.{language.Code}.json") ?? throw new InvalidOperationException($"{assembly.GetName().Name} has no texts in {language.Code}.")
        from text in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!
        select text;

    [LoggerMessage(LogLevel.Error, "Text {Key} is missing in {Language}")]
    private partial void LogMissing(string key, string language);
}
