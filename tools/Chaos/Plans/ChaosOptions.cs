using System.Globalization;
using Shop.Load;

namespace Shop.Chaos.Plans;

/// <param name="Seed">Seeds the orders, the order of the kills and their delays: the same seed gives the same plan.</param>
/// <param name="Rounds">How often each process is killed.</param>
/// <param name="RecoversWithin">How long the shop may take to recover after the last kill.</param>
public sealed record ChaosOptions(int Orders, int Seed, int Rounds, TimeSpan RecoversWithin)
{
    public const string Usage = "usage: [--orders <1–100000, 500>] [--seed <number, 1>] [--rounds <1–100, 2>]";

    /// <summary>The command that repeats the run.</summary>
    public string Command => $"./shop chaos --orders {Orders} --seed {Seed} --rounds {Rounds}";

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
            throw new MistakeException($"a number is out of range. {Usage}");
        return new(values["--orders"], values["--seed"], values["--rounds"], TimeSpan.FromMinutes(5));
    }
}
