using Shop.Chaos.Plans;
using Shop.Chaos.Running;
using Shop.Load;

namespace Shop.Chaos;

/// <summary>The commands of this program: each is a plan for the same run.</summary>
internal static class Commands
{
    public static (IEnumerable<Step> Plan, RunSettings Settings) Parse(IReadOnlyList<string> args)
    {
        switch (args is [var command, ..] ? command : null)
        {
            case "chaos":
                var chaos = ChaosOptions.Parse([.. args.Skip(1)]);
                return (ChaosPlan.Of(chaos), new(chaos.Orders, chaos.RecoversWithin, chaos.Command));
            case "soak":
                var soak = SoakOptions.Parse([.. args.Skip(1)]);
                return (SoakPlan.Of(soak), new(soak.Orders, soak.RecoversWithin, soak.Command));
            default:
                throw new MistakeException("the first word must be chaos or soak.");
        }
    }
}
