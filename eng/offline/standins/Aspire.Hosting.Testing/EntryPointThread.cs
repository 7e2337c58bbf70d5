using System.Reflection;

namespace Aspire.Hosting.Testing;

/// <summary>Runs an AppHost's own <c>Main</c> in this process, on a thread of its own.</summary>
internal static class EntryPointThread
{
    /// <summary>Completes when <c>Main</c> has returned, with its exception if there was one.</summary>
    public static Task Start(Assembly assembly, string[] args, BuilderHooks hooks)
    {
        var main = assembly.EntryPoint ?? throw new InvalidOperationException($"The assembly {assembly.GetName().Name} has no entry point.");
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                BuilderHooks.Current = hooks;
                main.Invoke(null, main.GetParameters().Length == 0 ? [] : [args]);
                done.SetResult();
            }
            catch (TargetInvocationException e)
            {
                done.SetException(e.InnerException ?? e);
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        })
        {
            // A test run that was given up must not stay for it.
            IsBackground = true,
            Name = $"{assembly.GetName().Name}.EntryPoint",
        };
        thread.Start();
        return done.Task;
    }
}
