using Nakama.Console.Shell;

await ConsoleApp.Create(args).RunAsync();
