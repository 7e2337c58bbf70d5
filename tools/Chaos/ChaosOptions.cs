using System.Globalization;
using Shop.Load;

namespace Shop.Chaos;

/// <param name="Seed">Decides who buys what, who dies in which order and how long after what: the same again for the same seed, as far as a machine can.</param>
/// <param name="Rounds">How often each process dies.</param>
/// <param name="MendsWithin">How long the shop may take to come to rest afterwards.</param>
public sealed record ChaosOptions(int Orders, int Seed, int Rounds, TimeSpan MendsWithin)
{
    public const string Usage = "usage: [--orders <1–100000, 500>] [--seed <number, 1>] [--rounds <1–100, 2>]";

    public static ChaosOptions Parse(IReadOnlyList<string> args)
    {
        var values = new Dictionary<string, int> { ["--orders"] = 500, ["--seed"] = 1, ["--rounds"] = 2 };
        for (var i = 0; i < args.Count; i += 2)
        {
            if (!values.ContainsKey(args[i]) || i + 1 == args.Count || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                throw new MistakeException($"'{args[i]}' is unknown or lacks its number. {Usage}");
            values[args[i]] = value;
        }

        if (values["--orders"] is < 1 or > 100_000 || values["--rounds"] is < 1 or > 100)
            throw new MistakeException($"that is too few or too many. {Usage}");
        return new(values["--orders"], values["--seed"], values["--rounds"], TimeSpan.FromMinutes(5));
    }
}
