using System.Runtime.CompilerServices;

namespace Shop.AppHost.Settings;

/// <summary>A problem of this machine or the configuration that prevents the start. The message is one sentence for the person who started the shop.</summary>
internal sealed class SetupException(string message) : Exception(message)
{
    // Nothing above AppHost.cs could catch it, and a stack trace does not help.
    [ModuleInitializer]
    internal static void SayItInOneSentence() => AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
    {
        var failure = unhandled.ExceptionObject as Exception;
        while (failure is not null and not SetupException)
            failure = failure.InnerException;

        if (failure is null)
            return;

        Console.Error.WriteLine($"shop: {failure.Message}");
        Environment.Exit(1);
    };
}
