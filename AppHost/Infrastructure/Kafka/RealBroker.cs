using System.Diagnostics;

namespace Shop.AppHost.Infrastructure.Kafka;

/// <summary>Looks for a Kafka distribution that can run here (eng/kafka/find: KAFKA_HOME, an earlier download, the official one where it can be reached).</summary>
internal static class RealBroker
{
    private static readonly TimeSpan LongestDownload = TimeSpan.FromMinutes(12);

    /// <param name="whyNot">One line, when there is none.</param>
    /// <returns>The distribution's folder, or null.</returns>
    public static string? Find(ShopSettings settings, string? kafkaHome, out string whyNot)
    {
        var start = new ProcessStartInfo(Path.Combine(settings.Repository, "eng", "kafka", "find"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["KAFKA_HOME"] = kafkaHome is { Length: > 0 } ? Path.GetFullPath(kafkaHome, Environment.CurrentDirectory) : null },
        };
        using var process = Process.Start(start)!;
        var last = "";
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not { Length: > 0 } text)
                return;
            // A download takes its time: say so when it begins, not when it is over.
            if (text.EndsWith('…'))
                Console.Error.WriteLine(text);
            else
                last = text;
        };
        process.BeginErrorReadLine();
        var folder = process.StandardOutput.ReadToEndAsync();

        if (!process.WaitForExit(LongestDownload))
        {
            process.Kill(entireProcessTree: true);
            whyNot = "the download takes too long.";
            return null;
        }

        process.WaitForExit();    // until the last line has been read, too
        whyNot = last.StartsWith("kafka: ", StringComparison.Ordinal) ? last["kafka: ".Length..] : last;
        return process.ExitCode == 0 ? folder.Result.Trim() : null;
    }
}
