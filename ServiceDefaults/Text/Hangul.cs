using System.Text;

namespace Shop.ServiceDefaults.Text;

/// <summary>A syllable's code point encodes its letters (The Unicode Standard, 3.12): 19 leading consonants, 21 vowels, 27 trailing consonants or none.</summary>
internal static class Hangul
{
    private const int Syllable = 0xAC00;
    private const int First = 0x1100;
    private const int Vowel = 0x1161;
    private const int BeforeLast = 0x11A7;
    private const int Firsts = 19;
    private const int Vowels = 21;
    private const int Lasts = 28;
    private const int Syllables = Firsts * Vowels * Lasts;

    public static bool IsSyllable(Rune rune) => rune.Value is >= Syllable and < Syllable + Syllables;

    public static bool JoinsTheOneBefore(Rune rune) => rune.Value is >= Vowel and < Vowel + Vowels or > BeforeLast and < BeforeLast + Lasts;

    public static IEnumerable<Rune> Split(Rune syllable)
    {
        var number = syllable.Value - Syllable;
        yield return new(First + number / (Vowels * Lasts));
        yield return new(Vowel + number / Lasts % Vowels);
        if (number % Lasts is > 0 and var last)
            yield return new(BeforeLast + last);
    }

    public static Rune? Join(Rune first, Rune second)
    {
        var (letter, next) = (first.Value - First, second.Value);
        if (letter is >= 0 and < Firsts && next is >= Vowel and < Vowel + Vowels)
            return new(Syllable + (letter * Vowels + next - Vowel) * Lasts);
        if (IsSyllable(first) && (first.Value - Syllable) % Lasts == 0 && next is > BeforeLast and < BeforeLast + Lasts)
            return new(first.Value + next - BeforeLast);

        return null;
    }
}
