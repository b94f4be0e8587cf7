using MarketBot.Bench;

switch (args)
{
    case ["start", var executable]:
        await StartMeasurement.Run(executable);
        return 0;
    default:
        Console.Error.WriteLine("Usage: bench start PATH/marketbot.dll");
        return 2;
}
