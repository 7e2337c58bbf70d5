using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Shop.Design.Languages;

/// <summary>Texts, prices and times in the language of the request.</summary>
internal sealed class Wording(Texts texts, IHttpContextAccessor accessor)
{
    // Korea has had no summer time since 1988. A fixed offset needs no time zone data on the machine.
    private static readonly TimeSpan Seoul = TimeSpan.FromHours(9);

    public Language Language => LanguagePrefix.Of(accessor.HttpContext!);

    public string this[string key] => texts.Of(Language, key);

    public string this[string key, params object[] values] => string.Format(CultureInfo.InvariantCulture, texts.Of(Language, key), values);

    /// <summary>The text of a code of the API, such as a status or a reason; without one that of <paramref name="otherwise"/>.</summary>
    public string OfCode(string prefix, string? code, string otherwise) => FindCode(prefix, code) ?? this[otherwise];

    /// <summary>The text of a code of the API; null: it has none.</summary>
    public string? FindCode(string prefix, string? code) => code is not null && texts.Has($"{prefix}.{code}") ? this[$"{prefix}.{code}"] : null;

    /// <summary>₩129,900. Minor units; won has none.</summary>
    public string Price(long amount, string currency)
    {
        if (currency == "KRW")
            return Language == Language.Korean ? $"{Number(amount)}원" : $"{(amount < 0 ? "-" : "")}₩{Number(Math.Abs(amount))}";

        return $"{Number(amount / 100)}.{Math.Abs(amount % 100):00} {currency}";
    }

    public string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public string Time(DateTimeOffset at) => Format(at, "time.format");

    public string Day(DateTimeOffset at) => Format(at, "day.format");

    /// <summary>Hours and minutes of the day.</summary>
    public string Clock(DateTimeOffset at) => InSeoul(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    private string Format(DateTimeOffset at, string format) => InSeoul(at).ToString(this[format], CultureInfo.InvariantCulture);

    /// <summary>The last hours of all times have no time in Seoul.</summary>
    private static DateTimeOffset InSeoul(DateTimeOffset at) => at > DateTimeOffset.MaxValue - Seoul ? at : at.ToOffset(Seoul);
}
