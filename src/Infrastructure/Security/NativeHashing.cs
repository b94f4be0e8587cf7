using System.Runtime.InteropServices;

namespace MarketBot.Infrastructure.Security;

/// <summary>The traditional crypt(3), from the library of the operating system: nothing else has it, and nobody is let in by it.</summary>
internal static class NativeHashing
{
    public const string Crypt = "libcrypt.so.1";

    /// <summary>Size of <c>struct crypt_data</c> (crypt.h of libxcrypt).</summary>
    private const int CryptDataSize = 32768;

    /// <summary>crypt(3): the hash that belongs to the password under the setting's method and salt; null when there is none.</summary>
    /// <param name="password">The password; a NUL, which would end it, fits nothing.</param>
    /// <param name="bytesRead">The number of bytes that the method reads; libxcrypt itself refuses more than 511.</param>
    /// <param name="setting">ASCII: a salt, or a whole hash.</param>
    public static string? CryptHash(byte[] password, int bytesRead, string setting)
    {
        var hash = CryptHash(password.AsSpan(0, Math.Min(password.Length, bytesRead)), setting);
        return password.Contains((byte)0) ? null : hash;
    }

    private static string? CryptHash(ReadOnlySpan<byte> password, string setting)
    {
        var data = new byte[CryptDataSize];
        var handle = GCHandle.Alloc(data, GCHandleType.Pinned);
        try
        {
            return Marshal.PtrToStringAnsi(crypt_rn([.. password, 0], HashPart.Utf8(setting + '\0'), handle.AddrOfPinnedObject(), data.Length));
        }
        finally
        {
            handle.Free();
        }
    }

    [DllImport(Crypt)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint crypt_rn(byte[] phrase, byte[] setting, nint data, int size);
}
