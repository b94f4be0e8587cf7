using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace MarketBot.Infrastructure.Diagnosis;

/// <summary>The SQLite file and the rights to it.</summary>
/// <param name="File">Its path.</param>
/// <param name="Exists">True when the file is there.</param>
/// <param name="Mode">The rights of owner, group and others; null where the system has none.</param>
/// <param name="CanWrite">True when this user may write to the file.</param>
/// <param name="CanWriteFolder">True when this user may make files beside it, as SQLite does for every change.</param>
internal sealed record FileFacts(string File, bool Exists, UnixFileMode? Mode, bool CanWrite, bool CanWriteFolder)
{
    private const int WriteAccess = 2;

    public string Folder => Path.GetDirectoryName(File)!;

    /// <summary>Looks at a file without opening it: closing it again would drop the locks that SQLite holds on it.</summary>
    public static FileFacts Of(string file)
    {
        var path = Path.GetFullPath(file);
        var exists = System.IO.File.Exists(path);
        return OperatingSystem.IsWindows()
            ? new FileFacts(path, exists, null, CanWrite: true, CanWriteFolder: true)
            : new FileFacts(path, exists, exists ? System.IO.File.GetUnixFileMode(path) : null, MayWrite(path), MayWrite(Path.GetDirectoryName(path)!));
    }

    [UnsupportedOSPlatform("windows")]
    private static bool MayWrite(string path) => access([.. System.Text.Encoding.UTF8.GetBytes(path), 0], WriteAccess) == 0;

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int access(byte[] path, int mode);
}

/// <summary>Checks of the SQLite file.</summary>
internal static class FileChecks
{
    private const string Check = "file";

    /// <summary>Finds rights that are too wide or too narrow.</summary>
    public static IEnumerable<Finding> Of(FileFacts facts)
    {
        if (!facts.Exists)
        {
            yield return facts.CanWriteFolder
                ? Finding.Warning(Check, $"There is no database file {facts.File} yet.", "marketbot db upgrade")
                : Finding.Error(
                    Check, $"There is no database file {facts.File}, and this user may not make one there.",
                    $"mkdir -p '{facts.Folder}' && chown \"$USER\" '{facts.Folder}'");
            yield break;
        }

        if (!facts.CanWrite)
            yield return Finding.Error(
                Check, $"This user may not write to the database file {facts.File}.", $"chmod u+w '{facts.File}', or run MarketBot as its owner.");
        if (!facts.CanWriteFolder)
            yield return Finding.Error(
                Check, $"This user may not write to the folder {facts.Folder}, where SQLite keeps its journal.",
                $"chmod u+w '{facts.Folder}', or run MarketBot as its owner.");
        if (facts.Mode is { } mode && (mode & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0)
            yield return Finding.Warning(Check, $"Everybody on this machine may read the API keys in {facts.File}.", $"chmod o-rwx '{facts.File}'");
    }
}
