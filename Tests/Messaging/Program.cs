using Shop.Messaging.Tests.Support;

// The test program is also the process that tests kill: `… victim <database> <kafka> <work>`.
return args is ["victim", var database, var kafka, var work] ? await Victim.RunAsync(database, kafka, work) : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
