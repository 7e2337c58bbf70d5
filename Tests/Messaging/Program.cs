using Shop.Messaging.Tests;

// The tests' own program is also the process that tests kill: `… victim <database> <kafka>`.
return args is ["victim", var database, var kafka] ? await Victim.RunAsync(database, kafka) : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
