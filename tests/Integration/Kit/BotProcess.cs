using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace MarketBot.Tests.Integration.Kit;

/// <summary>A real <c>marketbot</c> process; it ends with the test that started it.</summary>
public sealed class BotProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private bool _isWrapped;

    private BotProcess(Process process) => _process = process;

    /// <summary>Says if the process has a file open (proc(5)).</summary>
    public bool HasOpen(string file) => Target is { } id && Directory.Exists($"/proc/{id}/fd")
        && new DirectoryInfo($"/proc/{id}/fd").EnumerateFileSystemInfos().Any(entry => entry.LinkTarget == file);

    /// <summary>The program itself, also where another one started it and waits for it.</summary>
    private int? Target
    {
        get
        {
            if (!_isWrapped)
                return _process.Id;

            var children = $"/proc/{_process.Id}/task/{_process.Id}/children";
            return File.Exists(children) && int.TryParse(File.ReadAllText(children).Trim().Split(' ')[0], out var child) ? child : null;
        }
    }

    /// <summary>Its standard output so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Its standard error so far.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    /// <summary>The memory it occupies, in bytes; 0 when it has ended.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? 0 : _process.WorkingSet64;
        }
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Starts one in a folder, with environment variables on top of the test's own.</summary>
    public static BotProcess Start(string folder, IReadOnlyDictionary<string, string>? environment, params string[] args) =>
        StartFrom("dotnet", folder, environment, [Path.Combine(AppContext.BaseDirectory, "marketbot.dll"), .. args]);

    /// <summary>Starts one as the first process of a namespace of its own, as in a container (unshare(1)).</summary>
    public static BotProcess StartAsFirstProcess(string folder, IReadOnlyDictionary<string, string>? environment, params string[] args)
    {
        var bot = StartFrom(
            "unshare", folder, environment, ["--pid", "--fork", "--mount-proc", "dotnet", Path.Combine(AppContext.BaseDirectory, "marketbot.dll"), .. args]);
        bot._isWrapped = true;
        return bot;
    }

    /// <summary>Starts one by another program.</summary>
    public static BotProcess StartFrom(string program, string folder, IReadOnlyDictionary<string, string>? environment, params string[] args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        var bot = new BotProcess(Process.Start(start)!);
        bot._process.OutputDataReceived += (_, line) => Append(bot._output, line.Data);
        bot._process.ErrorDataReceived += (_, line) => Append(bot._errors, line.Data);
        bot._process.BeginOutputReadLine();
        bot._process.BeginErrorReadLine();
        return bot;
    }

    public void Terminate() => Signal(15);

    public void Kill() => _process.Kill();

    /// <summary>Stops it in its tracks (SIGSTOP).</summary>
    public void Suspend() => Signal(19);

    /// <summary>Lets it go on (SIGCONT).</summary>
    public void Resume() => Signal(18);

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Exit(CancellationToken ct, TimeSpan? within = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(within ?? Patience.Limit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static void Append(StringBuilder to, string? line)
    {
        lock (to)
            to.AppendLine(line);
    }

    /// <summary>At once: a program that did it would have to start first.</summary>
    private void Signal(int number) => Assert.Equal(0, Kill(Target!.Value, number));

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
