using System.Diagnostics;
using System.Globalization;

namespace MarketBot.Tests.Integration.Kit;

/// <summary>The machine's own PostgreSQL in a temporary directory. It does not run as root: then as the user <c>postgres</c>.</summary>
internal sealed class PostgresBinaries(string folder, int port, bool isDurable) : PostgresServer(port)
{
    private const string Debian = "/usr/lib/postgresql";
    private readonly string _directory = Directory.CreateTempSubdirectory("marketbot-postgres-").FullName;
    private readonly int _port = port;

    private string Data => Path.Combine(_directory, "data");

    /// <summary>Where <c>initdb</c> is: on the path, or in Debian's folder of the newest version; null for nowhere.</summary>
    public static string? Find()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        string[] versions = Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [];
        var debian = versions.OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var version) ? version : 0).Select(d => Path.Combine(d, "bin"));
        return path.Concat(debian).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "postgres")));
    }

    public override Task Halt() => Control("stop", "-m", "fast");

    protected override async Task Launch()
    {
        if (!Directory.Exists(Data))
            await Initialise();
        string[] settings =
            ["listen_addresses=127.0.0.1", $"port={_port.ToString(CultureInfo.InvariantCulture)}", "unix_socket_directories=", .. Settings(isDurable)];
        await Control("start", "--wait", "--log", Path.Combine(_directory, "log"), "--options", string.Join(' ', settings.Select(setting => $"-c {setting}")));
    }

    protected override async Task Remove()
    {
        await Run(Program("pg_ctl", "stop", "--pgdata", Data, "-m", "immediate"));
        Directory.Delete(_directory, recursive: true);
    }

    private async Task Initialise()
    {
        var secret = Path.Combine(_directory, "password");
        await File.WriteAllTextAsync(secret, Password);
        if (Environment.IsPrivilegedProcess)
            await Wanted("chown", "-R", "postgres", _directory);
        await Wanted(Program(
            "initdb", "--pgdata", Data, "--username", "postgres", "--pwfile", secret, "--auth", "scram-sha-256",
            "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"));
    }

    private Task Control(string verb, params string[] options) => Wanted(Program("pg_ctl", [verb, "--pgdata", Data, .. options]));

    private string[] Program(string name, params string[] arguments)
    {
        string[] command = [Path.Combine(folder, name), .. arguments];
        return Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", .. command] : command;
    }

    private static async Task Wanted(params string[] command)
    {
        var code = await Run(command);
        Assert.True(code == 0, $"{string.Join(' ', command)} ended with {code}");
    }

    private static async Task<int> Run(params string[] command)
    {
        // A server that goes on running keeps the output open: nobody reads it to its end.
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", .. command]))!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
