using System.Text.Json;
using Shop.Checker;

// Exit code 0: all invariants hold. 1: some do not. 2: the check failed.
try
{
    var arguments = Arguments.Parse(args);
    var shop = ShopDocument.Parse(await File.ReadAllTextAsync(arguments.Info));
    var record = arguments.Record is { } file ? ClientRecord.Parse(await File.ReadAllTextAsync(file)) : ClientRecord.Empty;

    var report = await Check.AtRestAsync(shop, record, arguments.Within, CancellationToken.None);

    Console.WriteLine(report.ToText());
    return report.IsOk ? 0 : 1;
}
catch (Exception failure) when (failure is CannotCheckException or IOException or UnauthorizedAccessException or JsonException)
{
    Console.Error.WriteLine($"check: {failure.Message}");
    return 2;
}
