using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Shop.GrpcClients;
using Shop.ServiceDefaults;
using Xunit;

namespace Shop.Architecture.Tests.Docs;

public sealed partial class SettingReferenceTests
{
    [Fact]
    public void Every_setting_is_listed_with_its_default() =>
        Reference.AssertLists("settings.md", 2, Registered().SelectMany(options => Rows(Activator.CreateInstance(options.Type)!, options.Section)));

    private static IEnumerable<(Type Type, string Section)> Registered() =>
        (from folder in Repository.ProductionFolders
         from file in Repository.Sources(folder)
         from Match match in Registrations().Matches(File.ReadAllText(file))
         let project = Assembly.Load("Shop." + Path.GetFileName(folder))
         select (TypeOf(project, match.Groups["type"].Value), SectionOf(project, match.Groups["section"].Value)))
        // Bound under a name, and at the root.
        .Append((typeof(GrpcClientOptions), "GrpcClients:<name>"))
        .Append((typeof(PaymentProvider.ProviderOptions), ""));

    private static Type TypeOf(Assembly project, string name) => project.GetTypes().Single(type => type.Name == name);

    private static string SectionOf(Assembly project, string expression) => string.Concat(expression.Split('+').Select(part => part.Trim()).Select(part => part[0] == '"'
        ? part.Trim('"')
        : (string)TypeOf(project, part.Split('.')[0]).GetField(part.Split('.')[1])!.GetRawConstantValue()!));

    private static IEnumerable<string> Rows(object options, string section) =>
        from property in options.GetType().GetProperties()
        let name = section.Length == 0 ? property.Name : $"{section}:{property.Name}"
        let value = property.GetValue(options)
        where property.SetMethod is { IsPublic: true } || value is IDictionary
        from row in IsGroup(property.PropertyType) ? Rows(value, name) : [$"`{name}` | {Default(name, value)}"]
        select row;

    private static bool IsGroup(Type type) => type.IsClass && type.Namespace!.StartsWith("Shop.", StringComparison.Ordinal);

    private static string Default(string name, object? value) => value switch
    {
        // Of the machine, not of the code.
        _ when name == "Limits:HashesAtOnce" => "half of the processors",
        null or "" or ICollection { Count: 0 } => "–",
        TimeSpan time when time.Milliseconds != 0 => $"`{time.ToString().TrimEnd('0')}`",
        bool flag => flag ? "`true`" : "`false`",
        _ => string.Create(CultureInfo.InvariantCulture, $"`{value}`"),
    };

    [GeneratedRegex(@"AddValidatedOptions<(?<type>\w{2,})>\((?<section>[^)]+)\)")]
    private static partial Regex Registrations();
}
