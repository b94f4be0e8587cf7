using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace MarketBot.Infrastructure.Security;

/// <summary>One round of MD5 or SHA-1: <c>md5$salt$hex</c>, <c>sha1$salt$hex</c>, where the salt may be empty, or MD5's hex alone.</summary>
internal sealed class DigestPassword(Func<byte[], byte[]> digest, string salt, byte[] hex) : IStoredPassword
{
    public static IStoredPassword? Read(string encoded) => encoded.Split('$') switch
    {
        ["md5", var salt, { Length: MD5.HashSizeInBytes * 2 } hex] => new DigestPassword(Md5, salt, HashPart.Utf8(hex)),
        ["sha1", var salt, { Length: SHA1.HashSizeInBytes * 2 } hex] => new DigestPassword(Sha1, salt, HashPart.Utf8(hex)),
        _ => null,
    };

    public static IStoredPassword? ReadUnsalted(string encoded) => new DigestPassword(Md5, "", HashPart.Utf8(encoded));

    public bool Fits(byte[] password) => CryptographicOperations.FixedTimeEquals(
        hex, HashPart.Utf8(Convert.ToHexStringLower(digest([.. HashPart.Utf8(salt), .. password]))));

#pragma warning disable CA5350, CA5351 // These hashes are read, never made; whoever has one is sent to the site for a better one.
    private static byte[] Md5(byte[] data) => MD5.HashData(data);

    private static byte[] Sha1(byte[] data) => SHA1.HashData(data);
#pragma warning restore CA5350, CA5351
}

/// <summary><c>crypt$$hash</c>: the traditional crypt(3), 8 characters of password under 2 of salt.</summary>
internal sealed partial class CryptPassword(string hash) : IStoredPassword
{
    private const int BytesRead = 8;

    public static IStoredPassword? Read(string encoded) =>
        Shape().Match(encoded) is { Success: true } match ? new CryptPassword(match.Groups["hash"].Value) : null;

    public bool Fits(byte[] password) =>
        NativeHashing.CryptHash(password, BytesRead, hash) is { } found
        && CryptographicOperations.FixedTimeEquals(HashPart.Utf8(hash), HashPart.Utf8(found));

    [GeneratedRegex(@"\Acrypt\$[^$]*\$(?<hash>[./0-9A-Za-z]{13})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
