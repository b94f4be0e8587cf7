using System.Runtime.InteropServices;

namespace MarketBot.Infrastructure.Security;

/// <summary>The hash functions that .NET does not have, from the libraries of the operating system.</summary>
internal static class NativeHashing
{
    /// <summary>OpenSSL 3; .NET itself needs it.</summary>
    public const string OpenSsl = "libcrypto.so.3";

    /// <summary>libxcrypt.</summary>
    public const string Crypt = "libcrypt.so.1";

    /// <summary>The reference implementation of Argon2.</summary>
    public const string Argon2 = "libargon2.so.1";

    /// <summary>Size of <c>struct crypt_data</c> (crypt.h of libxcrypt).</summary>
    private const int CryptDataSize = 32768;

    /// <summary>scrypt (RFC 7914).</summary>
    /// <exception cref="InsufficientMemoryException">The memory it needs cannot be had.</exception>
    public static byte[] Scrypt(byte[] password, byte[] salt, int n, int r, int p, int length)
    {
        var key = new byte[length];
        var memory = ((ulong)n + (ulong)p + 2) * 128 * (ulong)r;
        return EVP_PBE_scrypt(password, (nuint)password.Length, salt, (nuint)salt.Length, (ulong)n, (ulong)r, (ulong)p, memory, key, (nuint)key.Length) == 1
            ? key
            : throw new InsufficientMemoryException("EVP_PBE_scrypt failed.");
    }

    /// <summary>crypt(3): the hash that belongs to the password under the setting's method and salt; null when there is none.</summary>
    /// <param name="password">The password; a NUL, which would end it, fits nothing.</param>
    /// <param name="bytesRead">How much of it the method reads; libxcrypt itself refuses what is longer than 511.</param>
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

    /// <summary>Argon2 (RFC 9106).</summary>
    /// <exception cref="InsufficientMemoryException">The memory it needs cannot be had.</exception>
    public static byte[] Argon2Hash(byte[] password, byte[] salt, Argon2Cost cost, int length)
    {
        var hash = new byte[length];
        var error = argon2_hash(
            (uint)cost.Passes, (uint)cost.Kibibytes, (uint)cost.Lanes, password, (nuint)password.Length, salt, (nuint)salt.Length,
            hash, (nuint)hash.Length, 0, 0, cost.Kind, cost.Version);
        return error == 0 ? hash : throw new InsufficientMemoryException($"argon2_hash failed with {error}.");
    }

    [DllImport(OpenSsl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EVP_PBE_scrypt(byte[] pass, nuint passlen, byte[] salt, nuint saltlen, ulong n, ulong r, ulong p, ulong maxmem, byte[] key, nuint keylen);

    [DllImport(Crypt)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint crypt_rn(byte[] phrase, byte[] setting, nint data, int size);

    [DllImport(Argon2)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int argon2_hash(
        uint passes, uint kibibytes, uint parallelism, byte[] password, nuint passwordLength, byte[] salt, nuint saltLength,
        byte[] hash, nuint hashLength, nint encoded, nuint encodedLength, int kind, int version);
}
