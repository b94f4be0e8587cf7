using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace MarketBot.Infrastructure.Security;

/// <summary>A stored hash that has been read and whose cost is within bounds.</summary>
internal interface IStoredPassword
{
    /// <summary>Compares the password, in UTF-8, with the hash, in constant time.</summary>
    bool Fits(byte[] password);
}

/// <summary>A library of the operating system that a format needs.</summary>
/// <param name="File">The file name of the library.</param>
/// <param name="Package">The Debian package it comes with.</param>
internal sealed record NativeCode(string File, string Package)
{
    public static NativeCode Crypt { get; } = new(NativeHashing.Crypt, "libcrypt1");

    /// <summary>True when this machine has the library.</summary>
    public static bool IsThere(NativeCode code) => NativeLibrary.TryLoad(code.File, out _);
}

/// <summary>One of Django's formats, told by the word before the first <c>$</c>.</summary>
/// <param name="Name">The name of the format.</param>
/// <param name="Read">Reads a hash of the format; null when it is malformed or would cost too much.</param>
/// <param name="Needs">The library without which it cannot be checked.</param>
/// <param name="IsOutdated">Too weak: a password that fits must be renewed on the site before it is accepted.</param>
internal sealed record PasswordFormat(string Name, Func<string, IStoredPassword?> Read, NativeCode? Needs = null, bool IsOutdated = false)
{
    private const int UnsaltedMd5Length = 32;

    /// <summary>All formats that Django has had (django/contrib/auth/hashers.py, up to 5.2).</summary>
    public static IReadOnlyList<PasswordFormat> All { get; } =
    [
        new("pbkdf2_sha256", Pbkdf2Password.Read),
        new("pbkdf2_sha1", Pbkdf2Password.Read),
        new("argon2", Argon2Password.Read),
        new("bcrypt_sha256", BcryptPassword.Read),
        new("bcrypt", BcryptPassword.Read),
        new("scrypt", ScryptPassword.Read),
        new("md5", DigestPassword.Read, IsOutdated: true),
        new("sha1", DigestPassword.Read, IsOutdated: true),
        new("unsalted_md5", DigestPassword.ReadUnsalted, IsOutdated: true),
        new("crypt", CryptPassword.Read, NativeCode.Crypt, IsOutdated: true),
    ];

    /// <summary>The format of a hash; null when it is none of Django's.</summary>
    public static PasswordFormat? Of(string? encoded)
    {
        if (encoded is null)
            return null;
        var name = encoded.Length == UnsaltedMd5Length && !encoded.Contains('$', StringComparison.Ordinal) ? "unsalted_md5" : encoded.Split('$', 2)[0];
        return All.FirstOrDefault(f => f.Name == name);
    }
}

/// <summary>Gives the memory of a hash back to the machine at once: left to itself, the collector lets checks of 100 MiB pile up.</summary>
internal static class HashMemory
{
    private const int WorthAPause = 32 * 1024;

    /// <summary>Gives the memory of a hash back that needed so much; the process stands still for some 30 to 60 ms.</summary>
    public static void GiveBack(long kibibytes)
    {
        if (kibibytes >= WorthAPause)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}

/// <summary>Reads the parts of a stored hash.</summary>
internal static class HashPart
{
    /// <summary>A number without sign or blanks, from 1 to a bound.</summary>
    public static bool IsCount(string text, int most, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count >= 1 && count <= most;

    /// <summary>Base64 of an expected number of bytes.</summary>
    public static bool IsBase64(string text, int least, int most, out byte[] bytes)
    {
        bytes = new byte[most];
        if (text.Length > (most + 3) * 4 / 3 || !Convert.TryFromBase64String(text, bytes, out var length) || length < least)
            return false;
        bytes = bytes[..length];
        return true;
    }

    /// <summary>A salt, or a password, as Django hands it to a hash.</summary>
    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
