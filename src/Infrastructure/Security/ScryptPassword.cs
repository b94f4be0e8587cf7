using System.Security.Cryptography;

namespace MarketBot.Infrastructure.Security;

/// <summary><c>scrypt$N$salt$r$p$base64</c>, since Django 4.0.</summary>
internal sealed class ScryptPassword(int n, byte[] salt, int r, int p, byte[] hash) : IStoredPassword
{
    private const int HashLength = 64;

    /// <summary>N x r of 128-byte blocks: 1 GiB at most. Times p it is the work, bounded alike, which takes about 5 s.</summary>
    private const int MostBlocks = 1 << 23;

    public static IStoredPassword? Read(string encoded) =>
        encoded.Split('$') is [_, var n, { Length: > 0 } salt, var r, var p, var base64]
        && HashPart.IsCount(n, MostBlocks, out var cost) && cost > 1 && int.IsPow2(cost)
        && HashPart.IsCount(r, MostBlocks / cost, out var size)
        && HashPart.IsCount(p, MostBlocks / cost / size, out var times)
        && HashPart.IsBase64(base64, HashLength, HashLength, out var hash)
            ? new ScryptPassword(cost, HashPart.Utf8(salt), size, times, hash)
            : null;

    public bool Fits(byte[] password) => CryptographicOperations.FixedTimeEquals(hash, NativeHashing.Scrypt(password, salt, n, r, p, hash.Length));
}
