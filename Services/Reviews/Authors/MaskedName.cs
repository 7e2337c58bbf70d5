using System.Globalization;

namespace Shop.Reviews.Authors;

internal static class MaskedName
{
    /// <summary>The first character and <c>*</c> for each other: 김** for 김하나. A character is what people see as one, however many code points it has.</summary>
    public static string Of(string name)
    {
        var first = StringInfo.GetNextTextElementLength(name);
        return name[..first] + new string('*', new StringInfo(name[first..]).LengthInTextElements);
    }
}
