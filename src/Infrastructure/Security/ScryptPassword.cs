using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Generators;

namespace MarketBot.Infrastructure.Security;

/// <summary><c>scrypt$N$salt$r$p$base64</c>, since Django 4.0.</summary>
internal sealed class ScryptPassword(int n, byte[] salt, int r, int p, byte[] hash) : IStoredPassword
{
    private const int HashLength = 64;

    /// <summary>N x r of 128-byte blocks: 1 GiB at most. Times p it is the work, bounded alike, which takes about 5 s.</summary>
    private const int MostBlocks = 1 << 23;

    /// <summary>RFC 7914, 2: N is less than 2 to the power of 16 r.</summary>
    private const int MostOfOneBlock = 1 << 16;

    public static IStoredPassword? Read(string encoded) =>
        encoded.Split('$') is [_, var n, { Length: > 0 } salt, var r, var p, var base64]
        && HashPart.IsCount(n, MostBlocks, out var cost) && cost > 1 && int.IsPow2(cost)
        && HashPart.IsCount(r, MostBlocks / cost, out var size) && (size > 1 || cost < MostOfOneBlock)
        && HashPart.IsCount(p, MostBlocks / cost / size, out var times)
        && HashPart.IsBase64(base64, HashLength, HashLength, out var hash)
            ? new ScryptPassword(cost, HashPart.Utf8(salt), size, times, hash)
            : null;

    public bool Fits(byte[] password)
    {
        try
        {
            return CryptographicOperations.FixedTimeEquals(hash, SCrypt.Generate(password, salt, n, r, p, hash.Length));
        }
        finally
        {
            HashMemory.GiveBack(n / 1024 * 128 * r);
        }
    }
}
