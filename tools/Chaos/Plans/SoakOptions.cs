using Shop.Load;

namespace Shop.Chaos.Plans;

/// <param name="Seed">The same seed and number of orders give the same plan.</param>
/// <param name="Window">After so many orders the shop comes to rest and is checked.</param>
/// <param name="RecoversWithin">How long the shop may take to recover and to come to rest.</param>
public sealed record SoakOptions(int Orders, int Seed, int Window, TimeSpan RecoversWithin)
{
    public const string Usage = "usage: [--orders <1–1000000, 2000>] [--seed <number, random>] [--window <1–1000000, 500>]";

    /// <summary>The command that repeats the run.</summary>
    public string Command => $"./shop soak --orders {Orders} --seed {Seed}" + (Window == DefaultWindow ? "" : $" --window {Window}");

    private const int DefaultWindow = 500;

    public static SoakOptions Parse(IReadOnlyList<string> args)
    {
        var arguments = new Arguments(args);
        var options = new SoakOptions(
            arguments.Count("orders", 2_000, 1, 1_000_000),
            arguments.Has("seed") ? arguments.Count("seed", 0, 0, int.MaxValue) : Random.Shared.Next(),
            arguments.Count("window", DefaultWindow, 1, 1_000_000),
            TimeSpan.FromMinutes(5));
        arguments.NothingElse();
        return options;
    }
}
