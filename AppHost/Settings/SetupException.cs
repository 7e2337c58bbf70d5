using System.Runtime.CompilerServices;

namespace Shop.AppHost.Settings;

/// <summary>Something on this machine or in the configuration keeps the shop from starting. The message is one sentence for the person who started it.</summary>
public sealed class SetupException(string message) : Exception(message)
{
    // Nobody above AppHost.cs could catch it, and a stack trace says nothing to somebody whose port is taken.
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
