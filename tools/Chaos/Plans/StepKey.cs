using System.Globalization;

namespace Shop.Chaos.Plans;

/// <summary>Idempotency keys name the step of the plan: <c>step-12</c>, <c>step-12-1</c> for its first rival. So an order in the shop leads to its step.</summary>
internal static class StepKey
{
    public static string Of(int step, int rival) => rival == 0 ? $"step-{step}" : $"step-{step}-{rival}";

    public static int StepOf(string key) => int.Parse(key.Split('-')[1], CultureInfo.InvariantCulture);
}
