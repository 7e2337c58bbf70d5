using System.Diagnostics;

namespace Shop.AppHost.Infrastructure.Kafka;

/// <summary>Finds a Kafka distribution that can run here (eng/kafka/find: KAFKA_HOME, an earlier download, or the official download).</summary>
internal static class RealBroker
{
    private static readonly TimeSpan LongestDownload = TimeSpan.FromMinutes(12);

    /// <param name="whyNot">Why there is none, in one sentence.</param>
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
            // Progress of a download is printed at once.
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
            whyNot = $"the download took longer than {LongestDownload.TotalMinutes} minutes.";
            return null;
        }

        process.WaitForExit();    // until the output has been read
        whyNot = last.StartsWith("kafka: ", StringComparison.Ordinal) ? last["kafka: ".Length..] : last;
        return process.ExitCode == 0 ? folder.Result.Trim() : null;
    }
}
