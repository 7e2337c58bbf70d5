using System.Globalization;

namespace Shop.Checker;

/// <summary>The command line.</summary>
/// <param name="Info">The document of <c>./shop info</c>.</param>
/// <param name="Record">The file of the <see cref="ClientRecord"/>; null: there is none.</param>
/// <param name="Within">How long the shop may take until no work is pending.</param>
internal sealed record Arguments(string Info, string? Record, TimeSpan Within)
{
    private const string Usage = "usage: --info <file of ./shop info> [--record <file>] [--within <seconds, 30>]";

    public static Arguments Parse(IReadOnlyList<string> args)
    {
        var values = new Dictionary<string, string>();
        for (var i = 0; i < args.Count; i += 2)
        {
            if (args[i] is not ("--info" or "--record" or "--within") || i + 1 == args.Count)
                throw new CannotCheckException($"'{args[i]}' is unknown or lacks its value. {Usage}");
            values[args[i]] = args[i + 1];
        }

        if (!values.TryGetValue("--info", out var info))
            throw new CannotCheckException($"--info is missing. {Usage}");
        var within = values.GetValueOrDefault("--within", "30");
        if (!int.TryParse(within, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            throw new CannotCheckException($"--within is '{within}', not a number of seconds. {Usage}");
        return new(info, values.GetValueOrDefault("--record"), TimeSpan.FromSeconds(seconds));
    }
}
