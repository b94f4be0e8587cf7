using MarketBot.Presentation.Bot.CommandLine;

return await new CommandTree(Console.Out, Console.Error, Console.In).Run(args, CancellationToken.None);
